import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import twoPhaseCommit from '../../specs/two-phase-commit.js'
import { checkedReport } from './checked-report.js'
import { BehaviourBuilder } from './fixtures/behaviour-builder.js'
import { everyKind, reportOn } from './fixtures/every-kind.js'
import { reportsInChromium } from './report-page.js'

const open = reportsInChromium()

const row = (page: Page, step: number) => page.locator(`#step-${step}`)
const selectedStep = (page: Page) => page.locator('.step-row[aria-selected="true"] .step-index').textContent()

describe('the picture', () => {
  test('delivered, in flight, dropped, duplicated and corrupted messages differ by shape', async () => {
    const { page } = await open(reportOn(everyKind()))
    const line = (kind: string) => page.locator(`.band .arrow${kind}`).first()
    const outline = async (kind: string) => (await line(kind).locator('.arrow-line').getAttribute('d')) ?? ''
    const count = (text: string, letter: string) => text.split(letter).length - 1

    expect(await line('.sent.delivered').locator('.arrow-head').count()).toBe(1)
    expect(await line('.in-flight').locator('.arrow-head').count()).toBe(0)
    expect(await line('.in-flight').locator('.arrow-open').count()).toBe(1)
    expect(await line('.dropped').locator('.arrow-head, .arrow-open').count()).toBe(0)
    expect(await page.locator('.band .sign.drop').count()).toBe(1)
    expect(count(await outline('.sent.delivered'), 'M')).toBe(1)
    expect(count(await outline('.duplicated'), 'M')).toBe(2)
    expect(count(await outline('.corrupted.delivered'), 'L')).toBeGreaterThan(3)
  })

  test('every fault has a sign, and the violating step a ring', async () => {
    const { page } = await open(reportOn(everyKind()))
    for (const kind of [
      'crash',
      'restart',
      'partition',
      'heal',
      'timeout',
      'tick',
      'skew',
      'drop',
      'duplicate',
      'corrupt',
      'lost',
    ])
      expect([kind, await page.locator(`.band .sign.${kind}`).count()]).toEqual([kind, 1])
    expect(await page.locator('.band .sign-end.violated').count()).toBe(1)
    expect(await page.locator('.step-row.violating').textContent()).toContain('agreement is violated')
  })

  test('the lane of a crashed node is shaded from the crash to the restart', async () => {
    const { page } = await open(reportOn(everyKind()))
    const shade = await page.locator('.band .lane-down').first().boundingBox()
    const [crash, restart] = [await row(page, 9).boundingBox(), await row(page, 12).boundingBox()]
    if (shade === null || crash === null || restart === null) throw new Error('not drawn')
    expect(Math.abs(shade.y - (crash.y + crash.height / 2))).toBeLessThan(3)
    expect(Math.abs(shade.y + shade.height - (restart.y + restart.height / 2))).toBeLessThan(3)
  })

  test('lanes are named, and of a machine what a step needed of other processes is drawn', async () => {
    const { page } = await open(await checkedReport([twoPhaseCommit.mutant('commitWithoutAll')]))
    expect(await page.locator('.lane-head').allTextContents()).toEqual(['no process', 'rm1', 'rm2', 'rm3'])
    expect(await page.locator('.band .cause-line').count()).toBeGreaterThan(0)
  })
})

describe('selecting', () => {
  test('a click on a row selects its step, a click on a message the step that ended it', async () => {
    const { page } = await open(reportOn(everyKind()))
    await row(page, 3).click({ position: { x: 40, y: 10 } })
    expect(await selectedStep(page)).toBe('3')
    await page.locator('.band .arrow[data-step="10"] .arrow-reach').first().dispatchEvent('pointerup', { bubbles: true })
    expect(await selectedStep(page)).toBe('10')
    expect(await page.locator('#state-heading').textContent()).toBe('State after step 10')
  })

  test('what the selected step sent and received stands out, and which steps it needed', async () => {
    const { page } = await open(reportOn(everyKind()), { fragment: '#run=1&behaviour=1&step=2' })
    expect(await page.locator('.emphasis .arrow').count()).toBe(2)
    const dots = async () => ((await page.locator('.emphasis .past-dots').getAttribute('d')) ?? '').split('M').length - 1
    expect(await dots()).toBe(1)
    await page.keyboard.press('End')
    // 1 and 2, their delivery 10, and what p1 did in 7.
    expect(await dots()).toBe(4)
    await page.keyboard.press('Home')
    expect(await page.locator('.emphasis').count()).toBe(0)
  })

  test('what the step pointed at sent and received stands out too, while it is pointed at', async () => {
    const { page } = await open(reportOn(everyKind()), { fragment: '#run=1&behaviour=1&step=7' })
    const before = await page.locator('.emphasis .arrow').count()
    await row(page, 2).hover({ position: { x: 40, y: 10 } })
    expect(await page.locator('.emphasis .arrow').count()).toBe(before + 2)
    expect(await selectedStep(page)).toBe('7')
    await page.getByRole('heading', { level: 1 }).hover()
    expect(await page.locator('.emphasis .arrow').count()).toBe(before)
  })

  test('the slider and its buttons walk too, and say where they are', async () => {
    const { page } = await open(reportOn(everyKind()))
    const slider = page.getByRole('slider', { name: 'Step' })
    await page.getByRole('button', { name: 'First state' }).click()
    expect(await slider.getAttribute('aria-valuetext')).toBe('initial state')
    await page.getByRole('button', { name: 'Step on' }).click()
    expect(await slider.getAttribute('aria-valuetext')).toBe('step 1: begin c')
    await slider.focus()
    await page.keyboard.press('ArrowRight')
    expect(await selectedStep(page)).toBe('2')
    await page.keyboard.press('End')
    expect(await selectedStep(page)).toBe('17')
    await page.getByRole('button', { name: 'Step back' }).click()
    expect(await selectedStep(page)).toBe('16')
  })

  test('one row can be reached by Tab, and the focus goes along with the selection', async () => {
    const { page } = await open(reportOn(everyKind()))
    expect(await page.locator('.step-row[tabindex="0"]').count()).toBe(1)
    await row(page, 17).focus()
    await page.keyboard.press('k')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('step-16')
    expect(await page.locator('.step-row[tabindex="0"]').getAttribute('id')).toBe('step-16')
  })

  test('steps outside the past of the violation can be left out; keys pass over them', async () => {
    const { page } = await open(reportOn(everyKind()))
    await page.getByLabel('Leave out 2 steps').check()
    expect(await row(page, 7).count()).toBe(0)
    expect(await row(page, 8).textContent()).toContain('1 step left out')
    expect(await page.locator('.band .in-flight').count()).toBe(0)
    await row(page, 8).click({ position: { x: 40, y: 40 } })
    await page.keyboard.press('ArrowUp')
    expect(await selectedStep(page)).toBe('6')
  })

  test('steps that are not essential say so', async () => {
    const { page } = await open(reportOn(everyKind()))
    expect(await page.locator('.step-tools').textContent()).toContain('15 of 17 steps are essential')
    expect(await page.locator('.step-row', { hasText: 'not essential' }).count()).toBe(2)
  })

  test('the row of the selected step is in sight in a diagram of 2,000 steps, which the browser draws in part', async () => {
    const long = new BehaviourBuilder(['a', 'b']).step('begin', 'a', [['late', 'b']])
    for (let step = 1; step < 1999; step++) long.step('work', step % 2 === 0 ? 'a' : 'b')
    const { page, errors } = await open(reportOn(long.deliver(0).build()))
    const inSight = (step: number) =>
      page.evaluate((index) => {
        const [list, at] = ['.step-scroll', `#step-${index}`].map((name) => document.querySelector(name)?.getBoundingClientRect())
        return list !== undefined && at !== undefined && at.top >= list.top && at.bottom <= list.bottom
      }, step)
    expect(await inSight(2000)).toBe(true)
    await page.keyboard.press('Home')
    expect(await inSight(0)).toBe(true)
    expect(await inSight(2000)).toBe(false)
    expect(
      await page
        .locator('.chunk')
        .first()
        .evaluate((chunk) => getComputedStyle(chunk).contentVisibility),
    ).toBe('auto')
    expect(await page.locator('.step-row').count()).toBe(2001)
    expect(errors).toEqual([])
  })
})

describe('properties', () => {
  test('a strip for each says where it is true, and leads to where it is not', async () => {
    const { page } = await open(reportOn(everyKind()))
    expect(await page.getByRole('img', { name: 'agreement: true in states 0 to 16, false in state 17' }).count()).toBe(1)
    expect(await page.locator('.property.subject .here').textContent()).toBe('false')
    expect(await page.locator('.property.subject .reason').textContent()).toBe('two nodes decided differently')
    await page.keyboard.press('Home')
    expect(await page.locator('.property.subject .here').textContent()).toBe('true')
    await page.getByRole('button', { name: 'agreement: first false at 17' }).click()
    expect(await selectedStep(page)).toBe('17')
  })

  test('the element that a property is false of is named with the reason, and its lane marked', async () => {
    const because = { because: 'it is false for p2', witness: 'p2' }
    const behaviour = new BehaviourBuilder(['p1', 'p2']).step('decide', 'p2').build()
    const properties = behaviour.properties.map((property) => ({ ...property, because: [null, because] }))
    const { page } = await open(reportOn({ ...behaviour, because, properties }))
    expect(await page.locator('.subject .reason .witness .value').textContent()).toBe("'p2'")
    expect(await page.locator('.lane-head.witness').allTextContents()).toEqual(['p2'])
  })

  test('a click on a strip selects the state there', async () => {
    const { page } = await open(reportOn(everyKind()))
    const strip = page.locator('.property.subject .strip')
    const box = await strip.boundingBox()
    if (box === null) throw new Error('not drawn')
    await strip.click({ position: { x: (box.width * 4.5) / 18, y: 6 } })
    expect(await selectedStep(page)).toBe('4')
  })
})

describe('why', () => {
  test('a step names what it needed and what needed it, as links, and where it is written', async () => {
    const { page } = await open(reportOn(everyKind()), { fragment: '#run=1&behaviour=1&step=10' })
    const pane = page.getByRole('region', { name: 'Step 10 deliver vote{yes=true} p1 → c' })
    expect(await pane.getByRole('button', { name: 'specs/agreement.ts:10:3' }).count()).toBe(1)
    expect(await pane.textContent()).toContain('yes: without it, the violation vanishes')
    await pane.getByRole('button', { name: '2 deliver prepare c → p1' }).click()
    expect(await selectedStep(page)).toBe('2')
    await page.getByRole('button', { name: '10 deliver vote' }).click()
    expect(await selectedStep(page)).toBe('10')
  })

  test('of many steps that were needed the first are listed, and the others on demand', async () => {
    const machine = new BehaviourBuilder(['p1', 'p2'], null)
    const before = Array.from({ length: 20 }, (_, place) => place + 1)
    for (const step of before) machine.step(`work${step}`, 'p1')
    const { page } = await open(reportOn(machine.step('rest', 'p2', [], before).build()))
    const links = page.getByRole('region', { name: 'Step 21 rest p2' }).locator('.step-link')
    expect(await links.count()).toBe(10)
    await page.getByRole('button', { name: '10 more' }).click()
    expect(await links.count()).toBe(20)
  })

  test('what was possible in a state, and of what was not the fields that it looked at', async () => {
    const { page } = await open(await checkedReport([twoPhaseCommit.mutant('commitWithoutAll')]), {
      fragment: '#run=1&behaviour=1&step=4',
    })
    const pane = page.locator('.why', { has: page.getByRole('heading', { name: /^Possible here/ }) })
    expect(await pane.getByRole('button', { name: '5 taken: tmCommit' }).count()).toBe(1)
    expect(await pane.getByText('tmAbort', { exact: true }).count()).toBe(1)
    await pane.getByText('rmReceiveCommit', { exact: true }).click()
    expect(await pane.locator('details[open] .reads').textContent()).toBe("messages has no 'commit'")
    await pane.getByRole('button', { name: '5 taken: tmCommit' }).click()
    expect(await selectedStep(page)).toBe('5')
  })
})

test('the diagram has a text equivalent', async () => {
  const { page } = await open(reportOn(everyKind()))
  await page.getByText('The diagram in words').click()
  const texts = await page.locator('.in-words li').allTextContents()
  expect(texts).toHaveLength(18)
  expect(texts[8]).toBe('Step 8: drop prepare c → p3. A fault. The message was sent at step 1.')
  expect(await row(page, 8).ariaSnapshot()).toContain('The message was sent at step 1')
})

test('names of nodes and messages that look like HTML are text', async () => {
  const attack = `<img src=x onerror="document.title='taken'">`
  const { page, requests, errors } = await open(
    reportOn(
      new BehaviourBuilder([attack, 'p1'])
        .step(attack, attack, [[attack, 'p1']])
        .deliver(0)
        .build(),
    ),
  )
  expect(await page.locator('.lane-head').first().textContent()).toContain(attack)
  expect(await page.locator('img').count()).toBe(0)
  expect(await page.title()).not.toBe('taken')
  expect({ requests, errors }).toEqual({ requests: [], errors: [] })
})

test.each(['light', 'dark'] as const)('nothing in the %s diagram is against the rules of accessibility', async (colorScheme) => {
  const { page } = await open(reportOn(everyKind()), { colorScheme, bypassCSP: true })
  for (const details of await page.locator('details').all()) await details.evaluate((element) => element.setAttribute('open', ''))
  await page.addScriptTag({ content: axe.source })
  const violations = await page.evaluate(
    'axe.run().then((found) => found.violations.map(({ id, nodes }) => [id, nodes[0].html]))',
  )
  expect(violations).toEqual([])
})

test('on paper the whole diagram is there', async () => {
  const { page } = await open(reportOn(everyKind()))
  await page.emulateMedia({ media: 'print' })
  const scroll = page.locator('.step-scroll')
  expect(await scroll.evaluate((box) => [box.scrollHeight <= box.clientHeight + 1, getComputedStyle(box).maxHeight])).toEqual([
    true,
    'none',
  ])
  expect(
    await page
      .locator('.chunk')
      .first()
      .evaluate((chunk) => getComputedStyle(chunk).contentVisibility),
  ).toBe('visible')
})
