import type { Json } from '../../values/json.js'
import { isFields, keyText, valueText, visible } from './value-text.js'

/** Why a property is false: the reason, and below it what it names, as the element that it is false of. */
export function Explanation({ of }: { readonly of: Json }) {
  if (!isFields(of) || typeof of.because !== 'string')
    return <p class="reason">{typeof of === 'string' ? visible(of) : valueText(of)}</p>
  const { because, ...named } = of
  return (
    <div class="reason">
      <p>{visible(because as string)}</p>
      <dl>
        {Object.entries(named).map(([name, value]) => (
          <div key={name} class={name === 'witness' ? 'witness' : ''}>
            <dt>{keyText(name)}</dt>
            <dd>
              <span class="value">{valueText(value)}</span>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
