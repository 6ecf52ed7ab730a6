import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { root } from './blocks.js'

/** A command as a document shows it, and what the document says that it prints. */
export interface Session {
  readonly place: string
  readonly command: string
  readonly printed: string
}

/** Takes a console block apart: its first line is the command. */
export function sessionOf({ place, text }: { readonly place: string; readonly text: string }): Session {
  const [prompt = '', ...lines] = text.trimEnd().split('\n')
  return { place, command: prompt.replace(/^\$ /, ''), printed: lines.join('\n') }
}

/** Without what differs from run to run (seconds, and states per second), and when a line is added to a spec. */
export const lasting = (text: string) =>
  text
    .replace(/[\d.]+ m?s, [\d.,]+[kM]? states\/s/g, '(time)')
    .replace(/ \d+\.\d\d$|in [\d.]+ s$/gm, '(time)')
    .replace(/\.ts:\d+:\d+/g, '.ts:(place)')
    .trimEnd()

const programs = new Map([
  ['faultline', join(root, 'bin/faultline.js')],
  ['vitest', join(root, 'node_modules/vitest/vitest.mjs')],
])

/** Runs `npx faultline ...` or `npx vitest ...` in a folder, and gives what it prints to stdout. */
export function run(command: string, cwd: string): Promise<string> {
  const [npx, name = '', ...args] = command.split(' ')
  const program = programs.get(name)
  if (npx !== 'npx' || program === undefined) throw new Error(`not a command that documents show: ${command}`)
  // A vitest within a vitest is none of its workers.
  const inherited = Object.entries(process.env).filter(([key]) => !/^(VITEST|TEST$|NODE_ENV$|FORCE_COLOR$)/.test(key))
  const env = { ...Object.fromEntries(inherited), NO_COLOR: '1' }
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], { cwd, env }, (_, stdout) => resolve(stdout))
  })
}
