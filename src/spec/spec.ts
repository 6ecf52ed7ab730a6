import { callSite } from './call-site.js'
import type { Machine } from './machine.js'
import { nearest } from './nearest.js'
import { type Declarations, type Parameters, type ParameterValue, parameterOf } from './parameters.js'
import { Protocol } from './protocol.js'
import { SpecError } from './spec-error.js'
import { requireWellFormedSpec } from './well-formed-spec.js'

/** What a check of a spec with its default parameters, or of one of its mutants, is expected to answer. */
export interface Expected<Property extends string = string> {
  /** The property that a check finds violated (of a `sometimes`: unreached). Absent: everything holds. */
  readonly violates?: Property
  /** Length of a shortest counterexample to it, in steps (faults count as steps, and are not kept few). */
  readonly steps?: number
  /** Distinct states of the whole space. */
  readonly states?: number
  /** Longest shortest path from an initial state, in steps. */
  readonly depth?: number
}

/** What the right protocol is expected not to have: such a property is false of it, and that is no mistake. */
export interface ExpectedOfSpec<Property extends string = string> extends Expected<Property> {
  /**
   * Properties that people may believe in and that are false, with the length of a shortest counterexample in steps. A check holds
   * although they are violated, and fails where they are not.
   */
  readonly violated?: { readonly [K in Property]?: number }
  /** Each `sometimes` that no behaviour reaches. A check holds although they are unreached, and fails where one is reached. */
  readonly unreachable?: readonly Property[]
}

/** A named, deliberately broken variant: parameters that it sets, and the property that must catch it. */
export interface Mutant<P, Property extends string = string> extends Expected<Property> {
  /** Parameters that the mutant sets. Absent: it is told apart only by the name that the spec's function gets. */
  readonly with?: Partial<P>
}

/** What else a spec declares, beside its parameters and its machine or protocol. */
export interface SpecOptions<P, M extends string, Property extends string = string> {
  /** Deliberately broken variants by name. */
  readonly mutants?: { readonly [K in M]: Mutant<P, Property> }
  /** What a check of the spec with its default parameters is expected to answer. */
  readonly expected?: ExpectedOfSpec<Property>
}

interface Blueprint {
  readonly name: string
  readonly declarations: Declarations
  readonly define: (parameters: never, mutant: never) => Machine<unknown> | Protocol<unknown>
  readonly options: SpecOptions<unknown, string>
  readonly site: string | undefined
}

/** A named, parameterised protocol with its properties; made by {@link spec}. Immutable: `with` and `mutant` make others. */
export class Spec<P = unknown, M extends string = string, Property extends string = string, S = unknown> {
  declare readonly properties: Property
  declare readonly state: S
  readonly name: string
  /** The value of every parameter. */
  readonly parameters: P
  /** The name of the mutant that this is, or `null`. */
  readonly mutantName: M | null
  /** Where `spec(...)` was called, as `file:line:column`, when the runtime tells. */
  readonly site: string | undefined
  readonly #blueprint: Blueprint
  #form: Machine<unknown> | Protocol<unknown> | undefined

  /** @internal Use {@link spec}. */
  constructor(blueprint: Blueprint, parameters: P, mutantName: M | null) {
    this.#blueprint = blueprint
    this.name = blueprint.name
    this.site = blueprint.site
    this.parameters = Object.freeze(parameters)
    this.mutantName = mutantName
  }

  /**
   * The same spec with other parameters.
   *
   * @throws SpecError on an unknown parameter (the nearest name is suggested) or a value out of range.
   */
  with(parameters: Partial<P>): Spec<P, M, Property, S> {
    const declarations = this.#blueprint.declarations
    for (const [name, value] of Object.entries(parameters)) {
      const declaration = Object.hasOwn(declarations, name) ? declarations[name] : undefined
      if (declaration === undefined)
        throw new SpecError(`spec '${this.name}' has no parameter '${name}'`, {
          hint: nearest(name, Object.keys(declarations), {
            found: (other) => `did you mean '${other}'?`,
            none: (all) => (all.length > 0 ? `its parameters are ${all.join(', ')}` : 'it has no parameters'),
          }),
        })
      const parameter = parameterOf(declaration)
      if (!parameter.accepts(value as ParameterValue))
        throw new SpecError(`parameter '${name}' of spec '${this.name}' cannot be ${JSON.stringify(value) ?? String(value)}`, {
          hint: `it must be ${parameter.range}`,
        })
    }
    return new Spec<P, M, Property, S>(this.#blueprint, { ...this.parameters, ...parameters }, this.mutantName)
  }

  /**
   * A named mutant of this spec, with the other parameters kept.
   *
   * @throws SpecError when there is no such mutant.
   */
  mutant(name: M): Spec<P, M, Property, S> {
    const mutants = this.#blueprint.options.mutants ?? {}
    const mutant = Object.hasOwn(mutants, name) ? mutants[name] : undefined
    if (mutant === undefined)
      throw new SpecError(`spec '${this.name}' has no mutant '${name}'`, {
        hint: nearest(name, Object.keys(mutants), {
          found: (other) => `did you mean '${other}'?`,
          none: (all) => (all.length > 0 ? `its mutants are ${all.join(', ')}` : 'it declares no mutants'),
        }),
      })
    const changed = this.with((mutant.with ?? {}) as Partial<P>)
    return new Spec<P, M, Property, S>(this.#blueprint, changed.parameters, name)
  }

  /** All mutants by name. */
  get mutants(): { readonly [K in M]: Spec<P, M, Property, S> } {
    const names = Object.keys(this.#blueprint.options.mutants ?? {}) as M[]
    return Object.fromEntries(names.map((name) => [name, this.mutant(name)])) as { [K in M]: Spec<P, M, Property, S> }
  }

  /** What a check is expected to answer: as declared for the spec, or for the mutant that this is. */
  get expected(): ExpectedOfSpec | undefined {
    const { mutants = {}, expected } = this.#blueprint.options
    return this.mutantName === null ? expected : mutants[this.mutantName]
  }

  /** The spec that this is a mutant of, or a variant by its parameters, as it is declared; else this spec itself. */
  get original(): Spec<P, M, Property, S> {
    const defaults = defaultsOf(this.#blueprint.declarations)
    const parameters = this.parameters as { readonly [name: string]: unknown }
    if (this.mutantName === null && Object.keys(defaults).every((name) => parameters[name] === defaults[name])) return this
    return new Spec<P, M, Property, S>(this.#blueprint, defaults as P, null)
  }

  /** Whether the two are one spec, but for parameters and mutants. */
  isVariantOf(other: Spec): boolean {
    return #blueprint in other && other.#blueprint === this.#blueprint
  }

  /** The machine or protocol for these parameters; built once, on first use. */
  get form(): Machine<unknown> | Protocol<unknown> {
    this.#form ??= this.#blueprint.define(this.parameters as never, this.mutantName as never)
    return this.#form
  }

  /**
   * The machine for these parameters.
   *
   * @throws SpecError when the spec is a protocol.
   */
  get machine(): Machine<unknown> {
    const { form } = this
    if (form instanceof Protocol) throw new SpecError(`spec '${this.name}' is a protocol, not a machine`, { site: this.site })
    return form
  }
}

/**
 * A spec: a named, parameterised protocol with its properties.
 *
 * @param name - the spec's name in results and reports.
 * @param parameters - a default for each parameter (`{ rms: 3 }`), or a parameter with a range (`{ rms: integer(3, { min: 1 }) }`).
 * @param define - builds the machine or protocol from the parameters; gets the name of the mutant as second argument, `null` for the spec itself.
 * @param options - mutants and the expected verdict.
 * @example
 * export default spec('counter', { max: 3 }, ({ max }) =>
 *   machine({
 *     init: { n: 0 },
 *     actions: { increment: (s) => s.n < max && { n: s.n + 1 }, reset: (s) => s.n === max && { n: 0 } },
 *     invariants: { bounded: (s) => s.n <= max },
 *   }))
 */
export function spec<D extends Declarations, S, Property extends string, const M extends string = never>(
  name: string,
  parameters: D,
  define: (parameters: Parameters<D>, mutant: NoInfer<M> | null) => Machine<S, Property> | Protocol<S, Property>,
  options: SpecOptions<Parameters<D>, M, NoInfer<Property>> = {},
): Spec<Parameters<D>, M, Property, S> {
  const blueprint: Blueprint = { name, declarations: parameters, define, options, site: callSite(spec) }
  requireWellFormedSpec(blueprint)
  const made = new Spec<Parameters<D>, M, Property, S>(blueprint, defaultsOf(parameters) as Parameters<D>, null)
  for (const [mutant, declared] of Object.entries<Mutant<Parameters<D>>>(options.mutants ?? {}))
    requireParameters(made, mutant, declared)
  return made
}

function defaultsOf(declarations: Declarations): { readonly [name: string]: ParameterValue } {
  return Object.fromEntries(Object.entries(declarations).map(([name, declared]) => [name, parameterOf(declared).default]))
}

/** A mistake in what a mutant sets is one of the spec, whether or not that mutant is checked. */
function requireParameters<P>(made: Spec<P>, mutant: string, { with: parameters = {} }: Mutant<P>): void {
  try {
    made.with(parameters)
  } catch (error) {
    if (!(error instanceof SpecError)) throw error
    throw new SpecError(`mutant '${mutant}': ${error.message}`, { hint: error.hint, site: made.site })
  }
}
