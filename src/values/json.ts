/** A value as JSON: what a state, an argument or a change looks like in a result. See `toJson`. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

