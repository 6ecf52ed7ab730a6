import type { Result } from '../check/result.js'
import type { Counterexample } from '../trace/counterexample.js'
import type { Json } from '../values/json.js'
import type { CommandParts } from './command.js'
import { siteFrom } from './site.js'
import { printable } from './text.js'

/** What a result alone does not tell of where its spec comes from. */
export interface TestContext {
  readonly parts: CommandParts | undefined
  /** The name of the spec's export, as in `mutants.noFence`. */
  readonly exported: string
  /** The folder that the import is relative to. */
  readonly cwd: string | undefined
}

/**
 * A vitest file that asserts a behaviour of a result: that a check finds it at this length, and, where a replay can tell, that this very behaviour
 * ends in the violation (a witness: in the state that is asked for).
 */
export function testText(result: Result, behaviour: Counterexample, { parts, exported, cwd }: TestContext): string {
  const [root = 'default', ...members] = exported.split('.')
  const name = root === 'default' ? identifier(result.spec) : root
  const from = textOf(importPath(result.file, cwd))
  const replayed = replayTest(result, behaviour)
  const mutant = result.mutant !== null && parts?.mutant !== null ? `.mutant(${textOf(result.mutant)})` : ''
  const parameters = parts?.parameters ?? result.parameters
  const changed = Object.keys(parameters).length > 0 ? `.with(${literal(parameters)})` : ''
  return `${[
    ...(replayed.length > 0 ? ["import { replay, type Trace } from 'faultline'"] : []),
    "import { expect, test } from 'vitest'",
    "import 'faultline/vitest'",
    `import ${root === 'default' ? name : `{ ${name} }`} from ${from}`,
    '',
    `const spec = ${[name, ...members].join('.')}${mutant}${changed}`,
    '',
    ...checkTest(result, behaviour),
    ...replayed,
  ].join('\n')}\n`
}

function checkTest(result: Result, { property, kind, length, faults }: Counterexample): string[] {
  const { overrides, minimize } = result.faults
  const budgets = overrides ?? (kind !== 'sometimes' && faults > 0 ? faults : undefined)
  const options = {
    steps: length,
    ...(budgets === undefined ? {} : { faults: budgets }),
    ...(minimize === 'steps' ? { minimize } : {}),
  }
  const [verb, matcher] = kind === 'sometimes' ? ['reaches', 'toReach'] : ['violates', 'toViolate']
  const steps = `${length} ${length === 1 ? 'step' : 'steps'}`
  return [
    `test(${textOf(`${titleOf(result)} ${verb} ${property} in ${steps}`)}, async () => {`,
    `  await expect(spec).${matcher}(${textOf(property)}, ${literal(options)})`,
    '})',
  ]
}

/** A deadlock is no property that a replay evaluates, and whether a goal is lost takes a search. */
function replayTest(result: Result, { property, kind, initial, steps }: Counterexample): string[] {
  if (kind === 'deadlock' || kind === 'alwaysPossible') return []
  const { overrides } = result.faults
  const options = overrides === null ? '' : `, ${literal({ faults: overrides })}`
  return [
    '',
    `test(${textOf(`this behaviour of ${titleOf(result)} ends with ${property} ${kind === 'sometimes' ? 'true' : 'false'}`)}, () => {`,
    '  const trace: Trace = {',
    `    initial: ${literal(initial)},`,
    '    steps: [',
    ...steps.flatMap(({ label, action, args, outcome }) => [
      `      // ${printable(label)}`,
      `      ${literal({ action, args, ...(outcome === undefined ? {} : { outcome }) })},`,
    ]),
    '    ],',
    '  }',
    `  const { properties } = replay(spec, trace${options})`,
    `  const found = properties.find(({ name }) => name === ${textOf(property)})`,
    `  expect(found?.truth.at(-1)).toBe(${kind === 'sometimes'})`,
    '})',
  ]
}

function titleOf({ spec, mutant }: Result): string {
  return mutant === null ? spec : `${spec} (${mutant})`
}

function importPath(file: string | null, cwd: string | undefined): string {
  if (file === null) return './path/to/the/spec.js'
  const near = siteFrom(file, cwd).replace(/\.([cm]?)tsx?$/, '.$1js')
  return /^(\.|\/|[A-Za-z]:)/.test(near) ? near : `./${near}`
}

/** Names that the file uses itself, and words that name nothing. */
const taken =
  /^(expect|test|replay|spec|trace|default|switch|case|new|delete|export|import|class|function|return|void|with|yield|await)$/

function identifier(name: string): string {
  const words = name.split(/[^\p{ID_Continue}$]+/u).filter((word) => word !== '')
  const joined = words.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('')
  return /^[\p{ID_Start}$_]/u.test(joined) && !taken.test(joined)
    ? joined
    : `spec${joined.charAt(0).toUpperCase()}${joined.slice(1)}`
}

/** A JSON value as one writes it in TypeScript. */
function literal(value: Json): string {
  if (typeof value === 'string') return textOf(value)
  if (typeof value !== 'object' || value === null) return String(value)
  if (Array.isArray(value)) return `[${value.map((item: Json) => literal(item)).join(', ')}]`
  const fields = Object.entries(value).map(([key, part]) => `${keyOf(key)}: ${literal(part)}`)
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`
}

function keyOf(key: string): string {
  if (key === '__proto__') return "['__proto__']"
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? key : textOf(key)
}

function textOf(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
  return `'${escaped.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`
}
