import { useEffect, useRef } from 'preact/hooks'
import { type Command, commandOf } from './keyboard.js'

/** Runs what keys ask for, wherever the focus is. */
export function useCommands(commands: { readonly [K in Command]: () => void }): void {
  const latest = useRef(commands)
  latest.current = commands
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const command = commandOf(event)
      if (command === undefined) return
      event.preventDefault()
      latest.current[command]()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
}
