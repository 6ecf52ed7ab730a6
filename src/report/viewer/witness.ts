import type { Json } from '../../values/json.js'
import { isFields, isList } from './value-text.js'

/** What an explanation names as the elements that a property is false of, each text in it; empty where it names none. */
export function witnessNames(explanation: Json | undefined): ReadonlySet<string> {
  const names = new Set<string>()
  const collect = (value: Json) => {
    if (typeof value === 'string') names.add(value)
    else if (isList(value)) for (const part of value) collect(part)
    else if (isFields(value)) for (const part of Object.values(value)) collect(part)
  }
  if (isFields(explanation) && explanation.witness !== undefined) collect(explanation.witness)
  return names
}
