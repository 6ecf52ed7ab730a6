import { machine, spec } from 'faultline'
import { describe, expect, test } from 'vitest'
import lock from '../../specs/lock-lease-fencing.js'
import twoPhaseCommit from '../../specs/two-phase-commit.js'
import { checkedReport } from './checked-report.js'
import { reportsInChromium } from './report-page.js'

const open = reportsInChromium()

const fencing = () => checkedReport([lock.mutant('noFence')])

test('a report opens from a file with no request to anywhere and no error', async () => {
  const { page, requests, errors } = await open(await fencing())
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('lock-lease-fencing')
  expect(await page.getByRole('heading', { level: 2 }).textContent()).toBe('noStaleWrite is violated after 5 steps')
  expect(requests).toEqual([])
  expect(errors).toEqual([])
})

test('the page itself forbids every request, and every script but its own', async () => {
  const { page } = await open(await fencing())
  const blocked = page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const directives: string[] = []
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
          if (directives.push(effectiveDirective) === 3) resolve(directives.sort())
        })
        fetch('https://example.invalid/').catch(() => {})
        document.body.append(Object.assign(new Image(), { src: 'https://example.invalid/pixel.png' }))
        document.body.append(Object.assign(document.createElement('script'), { text: 'document.title = "ran"' }))
      }),
  )
  expect(await blocked).toEqual(['connect-src', 'img-src', 'script-src-elem'])
  expect(await page.title()).not.toBe('ran')
})

test('what looks like HTML in a state is shown as text, and does nothing', async () => {
  const attack = `</script><img src=x onerror="document.title='taken'"><script>document.title='taken'</script>`
  const hostile = spec(attack, {}, () =>
    machine({
      init: { [attack]: 'safe', text: '' },
      actions: { [attack]: (s) => s.text === '' && { text: attack } },
      invariants: { [attack]: (s) => s.text === '' || { because: attack } },
    }),
  )
  const { page, requests, errors } = await open(await checkedReport([hostile]))
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain(attack)
  expect(await page.locator('.state').textContent()).toContain(`onerror="document.title=\\'taken\\'"`)
  expect(await page.locator('img, #app script').count()).toBe(0)
  expect(await page.title()).not.toBe('taken')
  expect({ requests, errors }).toEqual({ requests: [], errors: [] })
})

describe('keys', () => {
  test('arrows, j and k, Home and End walk the steps', async () => {
    const { page } = await open(await fencing())
    const heading = page.locator('#state-heading')
    expect(await heading.textContent()).toBe('State after step 5')
    const walk: readonly (readonly [key: string, heading: string])[] = [
      ['ArrowLeft', 'State after step 4'],
      ['ArrowUp', 'State after step 3'],
      ['k', 'State after step 2'],
      ['Home', 'Initial state'],
      ['ArrowLeft', 'Initial state'],
      ['ArrowRight', 'State after step 1'],
      ['ArrowDown', 'State after step 2'],
      ['j', 'State after step 3'],
      ['End', 'State after step 5'],
      ['j', 'State after step 5'],
    ]
    for (const [key, expected] of walk) {
      await page.keyboard.press(key)
      expect([key, await heading.textContent()]).toEqual([key, expected])
    }
  })

  test('? opens the list of keys, Escape closes it, and the steps do not move under it', async () => {
    const { page } = await open(await fencing())
    await page.keyboard.press('?')
    const dialog = page.getByRole('dialog', { name: 'Keys' })
    await dialog.waitFor()
    await page.keyboard.press('Home')
    expect(await page.locator('#state-heading').textContent()).toBe('State after step 5')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
  })
})

describe('search', () => {
  test('/ leads to the search, which counts the steps found and goes through them round the ends', async () => {
    const { page } = await open(await fencing())
    await page.keyboard.press('/')
    await page.keyboard.type('write{')
    const count = page.locator('.search output')
    const heading = page.locator('#state-heading')
    expect(await count.textContent()).toBe('3 of 3')
    await page.keyboard.press('Enter')
    expect([await heading.textContent(), await count.textContent()]).toEqual(['State after step 3', '1 of 3'])
    await page.keyboard.press('Shift+Enter')
    expect(await heading.textContent()).toBe('State after step 5')
  })

  test('words of a search are marked in the state, and Escape ends it', async () => {
    const { page } = await open(await fencing())
    await page.keyboard.press('/')
    await page.keyboard.type('HOLDER')
    expect(await page.locator('.state mark').first().textContent()).toBe('holder')
    await page.keyboard.press('Escape')
    expect(await page.locator('mark').count()).toBe(0)
    await page.keyboard.press('k')
    expect(await page.locator('#state-heading').textContent()).toBe('State after step 4')
  })

  test('a search finds what only a value of a step says', async () => {
    const { page } = await open(await fencing())
    await page.keyboard.press('/')
    await page.keyboard.type(`locks.holder c1`)
    await page.keyboard.press('Enter')
    expect(await page.locator('#state-heading').textContent()).toBe('State after step 1')
  })
})

describe('the address', () => {
  test('names the step that is looked at, and leads back to it', async () => {
    const report = await fencing()
    const { page } = await open(report)
    await page.keyboard.press('Home')
    await page.keyboard.press('j')
    await page.waitForFunction(() => location.hash === '#run=1&behaviour=1&step=1')
    const other = await open(report, { fragment: '#run=1&behaviour=1&step=1' })
    expect(await other.page.locator('#state-heading').textContent()).toBe('State after step 1')
  })

  test('that names nothing of the report opens at the violation', async () => {
    const { page } = await open(await fencing(), { fragment: '#run=9&behaviour=0&step=1e9' })
    expect(await page.locator('#state-heading').textContent()).toBe('State after step 5')
  })

  test('leads to another step when it is changed by hand', async () => {
    const { page } = await open(await fencing())
    await page.evaluate(() => {
      location.hash = '#run=1&behaviour=1&step=3'
    })
    await page.getByRole('heading', { name: 'State after step 3' }).waitFor()
  })

  test('leads where a link leads that is followed while the address of the step before is still to be written', async () => {
    const { page } = await open(await fencing())
    await page.evaluate(() => {
      const before = location.href
      location.hash = '#run=1&behaviour=1&step=3'
      history.replaceState(null, '', before)
    })
    await page.getByRole('heading', { name: 'State after step 3' }).waitFor()
  })
})

test('several checks are tabs, and a report opens at the first that failed', async () => {
  const { page } = await open(await checkedReport([twoPhaseCommit, twoPhaseCommit.mutant('commitWithoutAll')]))
  const checks = page.getByRole('navigation', { name: 'Checks' }).getByRole('link')
  expect(await checks.allTextContents()).toEqual(['✓ as written', '✗ commitWithoutAll'])
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('mutant commitWithoutAll')
  await checks.first().click()
  await page.getByRole('heading', { level: 1, name: 'two-phase-commit holds' }).waitFor()
})
