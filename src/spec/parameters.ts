/** A value that a parameter may take. */
export type ParameterValue = number | boolean | string

/** A parameter with a default and a range; made by {@link integer} and {@link oneOf}. */
export class Parameter<out T extends ParameterValue> {
  readonly default: T
  /** The range in words, for error messages: `a whole number from 1 to 12`. */
  readonly range: string
  readonly accepts: (value: ParameterValue) => boolean

  constructor(defaultValue: T, range: string, accepts: (value: ParameterValue) => boolean) {
    this.default = defaultValue
    this.range = range
    this.accepts = accepts
  }
}

/**
 * A whole-number parameter with a range.
 *
 * @throws RangeError when the default is outside the range.
 * @example
 * spec('two-phase-commit', { rms: integer(3, { min: 1, max: 12 }) }, ({ rms }) => ...)
 */
export function integer(
  defaultValue: number,
  { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER }: { min?: number; max?: number } = {},
): Parameter<number> {
  const upper = max === Number.MAX_SAFE_INTEGER ? undefined : max
  const lower = min === Number.MIN_SAFE_INTEGER ? undefined : min
  const range =
    lower !== undefined && upper !== undefined
      ? `a whole number from ${lower} to ${upper}`
      : lower !== undefined
        ? `a whole number, ${lower} or more`
        : upper !== undefined
          ? `a whole number, ${upper} or less`
          : 'a whole number'
  const accepts = (value: ParameterValue) => Number.isSafeInteger(value) && Number(value) >= min && Number(value) <= max
  if (!accepts(defaultValue)) throw new RangeError(`integer(${defaultValue}): the default must be ${range}`)
  return new Parameter(defaultValue, range, accepts)
}

/**
 * A parameter that takes one of a few values: `oneOf('fifo', ['fifo', 'unordered'])`.
 *
 * @throws RangeError when the default is not among the values.
 */
export function oneOf<const T extends ParameterValue>(defaultValue: NoInfer<T>, values: readonly T[]): Parameter<T> {
  const accepts = (value: ParameterValue) => (values as readonly ParameterValue[]).includes(value)
  const range = `one of ${values.map((value) => JSON.stringify(value)).join(', ')}`
  if (!accepts(defaultValue)) throw new RangeError(`oneOf(${JSON.stringify(defaultValue)}): the default must be ${range}`)
  return new Parameter(defaultValue as T, range, accepts)
}

/** What a spec declares: a default for each parameter, or a {@link Parameter} with a range. */
export type Declarations = { readonly [name: string]: ParameterValue | Parameter<ParameterValue> }

type Widened<T> = T extends number ? number : T extends boolean ? boolean : T extends string ? string : T

/** The parameters that a spec's function gets: a value for each declaration. */
export type Parameters<D> = {
  readonly [K in keyof D]: D[K] extends Parameter<infer T> ? T : Widened<D[K]>
}

/** A plain default as a parameter: any value of the same type, finite and whole where the default is. */
export function parameterOf(declaration: ParameterValue | Parameter<ParameterValue>): Parameter<ParameterValue> {
  if (declaration instanceof Parameter) return declaration
  if (typeof declaration === 'number' && Number.isInteger(declaration))
    return new Parameter<ParameterValue>(declaration, 'a whole number', (value) => Number.isSafeInteger(value))
  const kind = typeof declaration
  const range = kind === 'boolean' ? 'true or false' : kind === 'string' ? 'a string' : 'a number'
  return new Parameter<ParameterValue>(
    declaration,
    range,
    (value) => typeof value === kind && (kind !== 'number' || Number.isFinite(value)),
  )
}
