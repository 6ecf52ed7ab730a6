/**
 * The alternating bit protocol: data over two channels that keep the order but lose messages, with one bit of sequence number.
 *
 * Topic: delivery
 * Granularity: one step sends, receives or loses one message or acknowledgement.
 * Source: L. Lamport, "Specifying Systems", chapter 14; tlaplus/Examples, SpecifyingSystems/TLC/AlternatingBit.tla. The loss of
 * messages is written by hand here, as there.
 * Parameters: `data`, how many different values are sent; `queue`, how many messages either channel holds: the constraint
 * `channelsBounded` cuts the space there. 240 states for 2 and 2, 468 with 3 values, 528 with room
 * for 3.
 * Expected: all three transition properties hold. Mutants: a channel that reorders, a sender that does not wait for its
 * acknowledgement, a receiver that acknowledges what it has not received.
 *
 * What a newcomer learns: transition properties, and that one bit is enough exactly as long as the channels keep the order.
 */

import { choose, ids, integer, machine, spec } from 'faultline'
import { List } from 'immutable'

type Bit = 0 | 1
const flip = (bit: Bit): Bit => (bit === 0 ? 1 : 0)

export default spec(
  'alternating-bit',
  { data: integer(2, { min: 1, max: 4 }), queue: integer(2, { min: 1, max: 4 }) },
  ({ data, queue }, mutant) => {
    const DATA = ids('d', data)
    type Message = { readonly bit: Bit; readonly datum: (typeof DATA)[number] }
    /** What may come out of a channel next, each with its place. */
    const next = <T>(channel: List<T>, keepsOrder: boolean) => {
      const entries = [...channel.entries()]
      return keepsOrder ? entries.slice(0, 1) : entries
    }

    return machine({
      init: ([0, 1] as const).flatMap((bit) =>
        DATA.flatMap((sent) =>
          DATA.map((received) => ({
            messages: List<Message>(),
            acks: List<Bit>(),
            sender: { bit: bit as Bit, acknowledged: bit as Bit, sent },
            receiver: { bit: bit as Bit, received },
          })),
        ),
      ),
      actions: {
        sendNew: ({ sender, messages }) =>
          (sender.acknowledged === sender.bit || mutant === 'noWait') &&
          choose(DATA, (datum) => {
            const bit = flip(sender.bit)
            return { sender: { bit, sent: datum }, messages: messages.push({ bit, datum }) }
          }),
        resend: ({ sender, messages }) =>
          sender.acknowledged !== sender.bit && { messages: messages.push({ bit: sender.bit, datum: sender.sent }) },
        receive: ({ messages }) =>
          choose(next(messages, mutant !== 'reorderedMessages'), ([index, { bit, datum }]) => ({
            messages: messages.delete(index),
            receiver: { bit, received: datum },
          })),
        acknowledge: ({ receiver, acks }) => ({
          acks: acks.push(mutant === 'eagerAck' ? flip(receiver.bit) : receiver.bit),
        }),
        receiveAck: ({ acks }) =>
          choose(next(acks, mutant !== 'reorderedAcks'), ([index, bit]) => ({
            acks: acks.delete(index),
            sender: { acknowledged: bit },
          })),
        loseMessage: ({ messages }) => choose(messages.keys(), (index) => ({ messages: messages.delete(index) })),
        loseAck: ({ acks }) => choose(acks.keys(), (index) => ({ acks: acks.delete(index) })),
      },
      transitions: {
        receivesWhatWasSent: (before, after) =>
          after.receiver.bit === before.receiver.bit
            ? after.receiver.received === before.receiver.received
            : after.receiver.bit === before.sender.bit && after.receiver.received === before.sender.sent,
        sendsAfterReceipt: (before, after) => after.sender.bit === before.sender.bit || before.receiver.bit === before.sender.bit,
        acknowledgesReceipt: (before, after) =>
          after.sender.acknowledged === before.sender.acknowledged || after.sender.acknowledged === before.receiver.bit,
      },
      sometimes: {
        received: (s) => s.receiver.bit === s.sender.bit && s.sender.acknowledged !== s.sender.bit,
      },
      constraints: { channelsBounded: (s) => s.messages.size <= queue && s.acks.size <= queue },
    })
  },
  {
    expected: { states: 240, depth: 9 },
    mutants: {
      reorderedMessages: { violates: 'receivesWhatWasSent', steps: 8 },
      reorderedAcks: { violates: 'acknowledgesReceipt', steps: 6 },
      noWait: { violates: 'sendsAfterReceipt', steps: 2 },
      eagerAck: { violates: 'acknowledgesReceipt', steps: 2 },
    },
  },
)
