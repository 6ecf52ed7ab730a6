import type { Collection, Record as ImmutableRecord } from 'immutable'

/** A value that a patch replaces as a whole: a primitive, an array, or an Immutable collection or record. */
type Whole =
  | string
  | number
  | boolean
  | bigint
  | null
  | undefined
  | readonly unknown[]
  | Collection<unknown, unknown>
  | ImmutableRecord<object>

type IsUnion<T, All = T> = T extends All ? ([All] extends [T] ? false : true) : never

/**
 * What an action returns: only what changes. A plain record is merged key by key, at any depth; everything else
 * (a primitive, an array, an Immutable collection) is replaced as a whole. A state that is itself one Immutable
 * collection is returned whole, and so is the value of a field whose type is a union of records, or of a record and `null`.
 */
export type Patch<S> = [S] extends [Whole]
  ? S
  : true extends IsUnion<S>
    ? S
    : S extends object
      ? { readonly [K in keyof S]?: Patch<S[K]> }
      : never

type KeysOf<S> = S extends Whole ? never : keyof S
type ValueAt<S, K> = S extends Whole ? never : K extends keyof S ? S[K] : never

/**
 * The keys of `R` that no field of `S` has, at any depth: `never` for a well-formed patch. TypeScript does not look for
 * excess properties in what a callback returns, so `machine` asks this type instead.
 */
export type UnknownFields<R, S> = R extends Whole
  ? never
  : [S] extends [Whole]
    ? never
    : string extends keyof R
      ? never
      : { [K in keyof R]-?: K extends KeysOf<S> ? UnknownFields<R[K], ValueAt<S, K>> : K }[keyof R]
