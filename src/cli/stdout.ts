import { Console } from 'node:console'

const writeToStdout = process.stdout.write.bind(process.stdout)

/** Prints a result, or a part of it, on stdout. */
export function printResult(text: string): void {
  writeToStdout(text)
}

/** Whatever else is printed, by a spec or what it imports, goes to stderr from now on: stdout carries results alone. */
export function keepStdoutForResults(): void {
  Object.assign(console, new Console(process.stderr, process.stderr))
  process.stdout.write = process.stderr.write.bind(process.stderr)
}

/** Waits until all that was printed is out. */
export async function printed(): Promise<void> {
  for (const write of [writeToStdout, process.stderr.write.bind(process.stderr)])
    await new Promise<void>((resolve) => {
      write('', () => resolve())
    })
}
