/** What a key asks for, beside typing. */
export type Command = 'next' | 'previous' | 'first' | 'last' | 'search' | 'help' | 'next-found' | 'previous-found'

const commands: { readonly [key: string]: Command } = {
  ArrowRight: 'next',
  ArrowDown: 'next',
  j: 'next',
  ArrowLeft: 'previous',
  ArrowUp: 'previous',
  k: 'previous',
  Home: 'first',
  End: 'last',
  '/': 'search',
  '?': 'help',
  n: 'next-found',
  N: 'previous-found',
}

/** The command that a key press stands for; `undefined` where it has another use: in a field, in a dialog, or with Ctrl, Alt or Meta. */
export function commandOf(event: KeyboardEvent): Command | undefined {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return undefined
  const { target } = event
  if (target instanceof Element && target.closest('input, select, textarea, dialog, [role="slider"]') !== null) return undefined
  return Object.hasOwn(commands, event.key) ? commands[event.key] : undefined
}
