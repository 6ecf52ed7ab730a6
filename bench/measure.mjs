// Runs a command as a whole process and reads what it cost: CPU of it and of all its children, and the most memory that one of them held.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const preload = pathToFileURL(join(import.meta.dirname, 'peak-memory.mjs')).href

// Node does not tell what its children used; every POSIX shell's `times` does, exactly, with all that they waited for in turn.
const wrapper = '"$@"; code=$?; times >&3; exit $code'

/**
 * @param {readonly string[]} args what node is run with
 * @returns {{ cpuSeconds: number, peakBytes: number, wallSeconds: number, stdout: string }} user and system CPU time together
 */
export function measure(args) {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-bench-'))
  const peaks = join(folder, 'peaks')
  try {
    const started = performance.now()
    const { status, output, error } = spawnSync('sh', ['-c', wrapper, 'sh', process.execPath, '--import', preload, ...args], {
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      env: { ...process.env, NO_COLOR: '1', PEAK_MEMORY_FILE: peaks },
    })
    const wallSeconds = (performance.now() - started) / 1000
    if (error) throw error
    const [, stdout, stderr, times] = output
    if (status !== 0) throw new Error(`node ${args.join(' ')} ended with code ${status}\n${stderr}${stdout}`)
    return {
      cpuSeconds: childrensSeconds(times),
      peakBytes: Math.max(...readFileSync(peaks, 'utf8').trim().split('\n').map(Number)),
      wallSeconds,
      stdout,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The second line that `times` prints: `0m1.42s 0m0.10s`, user and system time of the children. */
function childrensSeconds(times) {
  const line = times.trim().split('\n').at(-1)
  return [...line.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + 60 * Number(minutes) + Number(seconds),
    0,
  )
}
