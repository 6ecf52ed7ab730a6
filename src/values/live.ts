/**
 * Marks a view: an object that looks like a plain object or an Immutable Set, and whose content changes over time.
 * An interner reads a view afresh each time, never remembers its identity, never freezes it, and does not mind its prototype.
 */
export const LIVE: unique symbol = Symbol('faultline.live')

/** Whether `object` is a view; see {@link LIVE}. */
export function isLive(object: object): boolean {
  return (object as { readonly [LIVE]?: unknown })[LIVE] === true
}
