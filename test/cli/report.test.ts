import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { ReportData } from '../../src/report/html/report-data.js'
import { faultline, start } from './faultline.js'
import { counter, project } from './project.js'

/** The data that a report carries. */
function dataOf(file: string): ReportData {
  const text = readFileSync(file, 'utf8').match(/<script type="application\/json" id="data">"([^"]*)"<\/script>/)?.[1] ?? ''
  return JSON.parse(gunzipSync(Buffer.from(text, 'base64')).toString('utf8'))
}

describe('--report', () => {
  test('writes one file for all checks, into folders that it makes, and leaves stdout and the exit code as they are', async () => {
    const cwd = project({ 'counter.ts': counter, 'counter-of-two.ts': counter.replace("'counter'", "'counter-of-two'") })
    const args = ['check', 'counter.ts', 'counter-of-two.ts', '--mutant', 'all', '--reporter', 'json']
    const without = await faultline(args, { cwd })
    const { code, stdout, stderr } = await faultline([...args, '--report', 'reports/all.html'], { cwd })
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'report: reports/all.html\n' })
    const verdicts = (text: string) =>
      JSON.parse(text).map(({ spec, verdict }: { spec: string; verdict: string }) => [spec, verdict])
    expect(verdicts(stdout)).toEqual(verdicts(without.stdout))
    const { runs, errors } = dataOf(join(cwd, 'reports/all.html'))
    expect(errors).toEqual([])
    expect(runs.map(({ result, command }) => [result.spec, result.verdict, command])).toEqual([
      ['counter', 'violated', 'faultline check counter.ts --mutant offByOne'],
      ['counter-of-two', 'violated', 'faultline check counter-of-two.ts --mutant offByOne'],
    ])
    expect(runs[0]?.behaviours.map(({ role, property, length }) => ({ role, property, length }))).toEqual([
      { role: 'counterexample', property: 'bounded', length: 4 },
    ])
  })

  test('is written for a run that holds', async () => {
    const cwd = project({ 'counter.ts': counter })
    const { code } = await faultline(['check', 'counter.ts', '--report', 'counter.html'], { cwd })
    expect(code).toBe(0)
    expect(dataOf(join(cwd, 'counter.html')).runs.map(({ result }) => result.verdict)).toEqual(['holds'])
  })

  test('says what could not be checked', async () => {
    const cwd = project({ 'counter.ts': counter, 'broken.ts': "throw new Error('not today')\n" })
    const { code } = await faultline(['check', 'counter.ts', 'broken.ts', '--report', 'both.html'], { cwd })
    expect(code).toBe(2)
    const { runs, errors } = dataOf(join(cwd, 'both.html'))
    expect(runs.map(({ result }) => result.spec)).toEqual(['counter'])
    expect(errors.map(({ file, error }) => [file, error.message])).toEqual([
      ['broken.ts', 'the spec file throws while it is loaded: Error: not today'],
    ])
  })

  test('refuses a name that is not that of an HTML file, before anything is checked', async () => {
    const cwd = project({ 'counter.ts': counter })
    const { code, stdout, stderr } = await faultline(['check', 'counter.ts', '--report', 'json'], { cwd })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toBe(
      'error: --report json: a report is an HTML file\n  name it json.html; the form of what is printed is --reporter\n',
    )
  })

  test('refuses a file that cannot be written, before anything is checked', async () => {
    const cwd = project({ 'counter.ts': counter, file: '' })
    const { code, stdout, stderr } = await faultline(['check', 'counter.ts', '--report', 'file/counter.html'], { cwd })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^error: the report file\/counter\.html cannot be written: E/)
  })

  test('is written anew when a watched file changes, with what is known of the others', async () => {
    const cwd = project({ 'counter.ts': counter, 'other.ts': counter.replace("'counter'", "'other'") })
    const { child, until } = start(['check', 'counter.ts', 'other.ts', '--watch', '--report', 'watch.html'], { cwd })
    const reports = (text: string) => text.split('report: watch.html').length - 1
    await until(({ stderr }) => reports(stderr) === 2)
    expect(existsSync(join(cwd, 'watch.html'))).toBe(true)
    writeFileSync(join(cwd, 'other.ts'), counter.replace("'counter'", "'renamed'"))
    await until(({ stderr }) => reports(stderr) === 3)
    expect(
      dataOf(join(cwd, 'watch.html'))
        .runs.map(({ result }) => result.spec)
        .sort(),
    ).toEqual(['counter', 'renamed'])
    child.kill('SIGINT')
  })
})
