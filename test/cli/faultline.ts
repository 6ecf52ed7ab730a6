import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

/** The command as it is built. */
export const bin = fileURLToPath(new URL('../../bin/faultline.js', import.meta.url))

/** What a user sees of a run. */
export interface Run {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Where a run takes place. */
export interface Place {
  readonly cwd: string
  /** Added to an environment that asks for no colour and says nothing of CI. */
  readonly env?: Readonly<Record<string, string>>
}

/** Runs the built command to its end. */
export function faultline(args: readonly string[], place: Place): Promise<Run> {
  return start(args, place).ended
}

/** Starts the built command. */
export function start(args: readonly string[], { cwd, env = {} }: Place) {
  const { NO_COLOR: _none, FORCE_COLOR: _forced, CI: _ci, ...inherited } = process.env
  const child = spawn(process.execPath, [bin, ...args], { cwd, env: { ...inherited, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const seen = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    seen.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    seen.stderr += text
  })
  const ended = new Promise<Run>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, ...seen }))
  })
  /** Waits until the output so far is as wanted. */
  const until = (wanted: (seen: { readonly stdout: string; readonly stderr: string }) => boolean) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (wanted(seen)) resolve()
      }
      child.stdout.on('data', look)
      child.stderr.on('data', look)
      child.on('close', () => reject(new Error(`ended before: ${JSON.stringify(seen)}`)))
      look()
    })
  return { child, ended, until, seen }
}
