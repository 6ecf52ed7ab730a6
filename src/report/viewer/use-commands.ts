import { useEffect, useRef } from 'preact/hooks'
import { type Command, commandOf } from './keyboard.js'

/** Runs what keys ask for, wherever the focus is. Keys without a command here keep the use that the browser has for them. */
export function useCommands(commands: { readonly [K in Command]?: () => void }): void {
  const latest = useRef(commands)
  latest.current = commands
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const command = commandOf(event)
      const run = command && latest.current[command]
      if (run === undefined) return
      event.preventDefault()
      run()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
}
