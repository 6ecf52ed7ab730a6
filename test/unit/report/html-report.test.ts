import { gunzipSync } from 'node:zlib'
import { check, htmlReport, integer, machine, spec } from 'faultline'
import { expect, test } from 'vitest'

const counter = (last: number) =>
  spec('counter', { max: integer(3, { min: 1, max: 9 }) }, ({ max }) =>
    machine({
      init: { n: 0 },
      actions: { up: (s) => s.n < last && { n: s.n + 1 } },
      invariants: { small: (s) => s.n < max },
    }),
  )

test('a report carries its data in a form that no value can break out of, and is the same for the same result', async () => {
  const spec = counter(3)
  const result = await check(spec)
  const page = htmlReport([{ spec, result }])
  expect(htmlReport([{ spec, result }])).toBe(page)
  const [, data = ''] = page.match(/<script type="application\/json" id="data">"([A-Za-z0-9+/=]+)"<\/script>/) ?? []
  const { schema, version, runs } = JSON.parse(gunzipSync(Buffer.from(data, 'base64')).toString('utf8'))
  expect({ schema, version }).toEqual({ schema: 'faultline.report/1', version: expect.stringMatching(/^\d+\.\d+\.\d+/) })
  expect(runs).toMatchObject([
    { result: { spec: 'counter', verdict: 'violated' }, behaviours: [{ property: 'small', length: 3 }] },
  ])
})

test('a report of another spec than the one that was checked is an error', async () => {
  const result = await check(counter(3))
  expect(() => htmlReport([{ spec: counter(2), result }])).toThrow(expect.objectContaining({ name: 'SpecError' }))
})
