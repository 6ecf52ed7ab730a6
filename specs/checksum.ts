/**
 * A checksum on a frame of two bits: it finds as much damage as it was made for, and it brings nothing back.
 *
 * Topic: delivery
 * Granularity: one step sends the frame, delivers it, or flips one bit of it on its way, a bit of the checksum like any
 * other.
 * Source: J. H. Saltzer, D. P. Reed, D. D. Clark, "End-to-end arguments in system design", 1984; R. W. Hamming, "Error
 * detecting and error correcting codes", 1950.
 * Parameters: `code`, the checksum: `parity` of both bits; `weighted`, the bits' sum with weights 1 and 2 modulo 3; `repeat`,
 * both bits once more and their parity, in which any two frames differ in three bits. `flips`, how many bits may be flipped.
 * `words`, how many of the four words the sender may choose between. 9 states; with two flips 17.
 * Faults: `flips` bits of the frame are flipped.
 * Expected: no damage goes undetected; but once there is damage the word never arrives (`wordArrives` is expected to be
 * false). Mutants: with two flips parity finds nothing wrong, and neither does a weighted sum, which is the same for 11 and
 * 00. With `repeat` two flips are detected.
 *
 * What a newcomer learns: corruption of messages as a fault; "detected" is a statement about a number of flips; detection is
 * not recovery.
 */
import { choose, integer, oneOf, protocol, type Role, role, spec, type World } from 'faultline'

/** All bits on the wire: those of the word, then those of the checksum. */
type Message = { readonly type: 'frame'; readonly bits: string }

interface Sender {
  readonly sent: string | null
}

interface Receiver {
  readonly got: string | null
}

const WORDS = ['11', '01', '10', '00'] as const
const CODES = ['parity', 'weighted', 'repeat'] as const
type Code = (typeof CODES)[number]

function checksum(code: Code, word: string): string {
  const [a, b] = [Number(word[0]), Number(word[1])]
  const parity = String((a + b) % 2)
  if (code === 'parity') return parity
  if (code === 'repeat') return word + parity
  return ((a + 2 * b) % 3).toString(2).padStart(2, '0')
}

const flipped = (bits: string, at: number) => bits.slice(0, at) + (bits[at] === '0' ? '1' : '0') + bits.slice(at + 1)
const wordOf = (bits: string) => bits.slice(0, 2)

export default spec(
  'checksum',
  { code: oneOf('parity', CODES), flips: integer(1, { min: 0, max: 3 }), words: integer(1, { min: 1, max: 4 }) },
  ({ code, flips, words }) => {
    const isIntact = (bits: string) => bits.slice(2) === checksum(code, wordOf(bits))

    const sender: Role<Sender, Message> = role({
      nodes: ['sender'],
      init: { sent: null },
      operations: {
        send: (self) =>
          self.sent === null &&
          choose(WORDS.slice(0, words), (word) => ({
            state: { sent: word },
            send: [{ to: 'receiver', type: 'frame', bits: word + checksum(code, word) }],
          })),
      },
    })

    const receiver: Role<Receiver, Message> = role({
      nodes: ['receiver'],
      init: { got: null },
      on: { frame: (_self, { bits }) => ({ state: { got: bits } }) },
    })

    type Nodes = World<{ sender: typeof sender; receiver: typeof receiver }>
    /** The word that the receiver takes for the one sent, if it takes any. */
    const accepted = ({ receiver: { receiver } }: Nodes) =>
      receiver?.got != null && isIntact(receiver.got) ? wordOf(receiver.got) : null

    return protocol({
      roles: { sender, receiver },
      faults: {
        corrupt: {
          budget: flips,
          forms: ({ bits }) => [...bits].map((_, at) => ({ type: 'frame', bits: flipped(bits, at) })),
        },
      },
      invariants: {
        noUndetectedCorruption: (world) =>
          accepted(world) === null ||
          accepted(world) === world.sender.sender?.sent || {
            because: 'a word was accepted that nobody sent',
            sent: world.sender.sender?.sent,
            accepted: accepted(world),
          },
      },
      sometimes: {
        damageIsDetected: (world) => world.receiver.receiver?.got != null && accepted(world) === null,
        wordArrived: (world) => accepted(world) !== null,
      },
      alwaysPossible: { wordArrives: (world) => accepted(world) !== null },
      terminal: (world) => world.receiver.receiver?.got != null,
    })
  },
  {
    expected: { states: 9, depth: 3, violated: { wordArrives: 2 } },
    mutants: {
      parityTwoFlips: { with: { flips: 2 }, violates: 'noUndetectedCorruption', steps: 4 },
      weightedTwoFlips: { with: { code: 'weighted', flips: 2 }, violates: 'noUndetectedCorruption', steps: 4 },
    },
  },
)
