import { stepText } from './describe.js'

/** `deliver`, `vote{yes=true}`, `rm1 → tm`, and what was chosen. */
const ofMessage = /^(\S+) (.+) (\S+ → \S+)(.*)$/su

/** `rmPrepare` and `(rm1)`, `timeout` and ` election s1`. */
const ofOthers = /^([^\s(]*)(.*)$/su

/** The name of a step in one line. Where it is too long, what gives way is what a message carries, not who sends it to whom. */
export function StepName({ label, fault }: { readonly label: string; readonly fault: string | null }) {
  const text = stepText(label)
  const [, action, message, route, rest = ''] = ofMessage.exec(text) ?? []
  const [, first, others = ''] = ofOthers.exec(text) ?? []
  return (
    <span class="step-name" title={text}>
      <b class={fault === null ? '' : 'fault'}>{action ?? first}</b>
      <span class="step-what">{message === undefined ? others : ` ${message}`}</span>
      {route !== undefined && <span class="step-route"> {route}</span>}
      {rest !== '' && <span class="step-what">{rest}</span>}
    </span>
  )
}
