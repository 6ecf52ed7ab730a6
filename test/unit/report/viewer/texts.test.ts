import { describe, expect, test } from 'vitest'
import { hiding, hidingPatterns, isHidden } from '../../../../src/report/viewer/hidden-paths.js'
import { explanationText, valueText, visible } from '../../../../src/report/viewer/value-text.js'

describe('values', () => {
  test('read as in the terminal', () => {
    expect(valueText({ phase: 'in', tokens: [1, null, true], 'two words': {} })).toBe(
      `{phase: 'in', tokens: [1, null, true], 'two words': {}}`,
    )
    expect(valueText(`it's a \\`)).toBe(`'it\\'s a \\\\'`)
  })

  test('of messages in flight read as steps name them', () => {
    expect(valueText({ from: 'a', message: { type: 'vote', yes: true }, to: 'b' })).toBe('vote{yes=true} a → b')
    expect(valueText({ from: 'a', message: 'vote', to: 'b' })).toBe(`{from: 'a', message: 'vote', to: 'b'}`)
  })

  test('show what cannot be seen, and what would turn the text around', () => {
    expect(visible('a\n\t\u0007\u202eb\u2066')).toBe('a\\n\\t\\x07\\u202eb\\u2066')
  })
})

test('an explanation is its sentence, and what stands beside it', () => {
  expect(explanationText('two leaders')).toBe('two leaders')
  expect(explanationText({ because: 'two leaders', term: 1 })).toBe('two leaders (term: 1)')
  expect(explanationText({ term: 1 })).toBe('{term: 1}')
})

describe('a filter', () => {
  const hidden = (filter: string, ...path: (string | number)[]) => isHidden(path, hidingPatterns(filter))

  test('hides a variable and all within it, and no other that begins alike', () => {
    expect(hidden('messages', 'messages')).toBe(true)
    expect(hidden('messages', 'messages', 0)).toBe(true)
    expect(hidden('messages', 'messagesSent')).toBe(false)
    expect(hidden('log', 'n1', 'log')).toBe(false)
  })

  test('has a star for anything within a name', () => {
    expect(hidden('*.log', 'n1', 'log')).toBe(true)
    expect(hidden('*.log', 'n1', 'durable', 'log')).toBe(false)
    expect(hidden('n*', 'n1', 'log')).toBe(true)
  })

  test('is made of patterns apart by spaces or commas, which hold no other signs', () => {
    expect(hidden('a, b  c', 'c')).toBe(true)
    expect(hidden('a.b', 'axb')).toBe(false)
    expect(hidden('', 'a')).toBe(false)
  })

  test('hides a path that is added to it, whatever its names', () => {
    expect(hiding('a,b', ['n1', 'log'])).toBe('a b n1.log')
    expect(hidden(hiding('', ['two words']), 'two words')).toBe(true)
  })
})
