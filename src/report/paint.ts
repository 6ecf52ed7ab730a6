import colors from 'picocolors'

/** The colours of terminal output; all of them the identity where colour is off. */
export type Paint = ReturnType<typeof colors.createColors>

/** Colours, on or off as the caller decides: nothing here looks at the terminal. */
export function paintFor(color: boolean): Paint {
  return colors.createColors(color)
}
