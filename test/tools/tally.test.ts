import { expect, test } from 'vitest'
import { tally } from '../../tools/vitest.ts'

const loaded = { status: 'passed', assertionResults: [{}, {}] }

test('tests are counted one by one', () => {
  expect(tally({ numPassedTests: 2, numFailedTests: 1, testResults: [loaded] }, 1)).toEqual({
    passed: 2,
    failed: 1,
  })
})

test('a file that does not load is a failed test', () => {
  const report = {
    numPassedTests: 2,
    numFailedTests: 0,
    testResults: [loaded, { status: 'failed', assertionResults: [] }],
  }
  expect(tally(report, 1)).toEqual({ passed: 2, failed: 1 })
})

test('a run that fails without a failed test, or without a report, has failed', () => {
  expect(tally({ numPassedTests: 2, numFailedTests: 0, testResults: [loaded] }, 1)).toEqual({
    passed: 2,
    failed: 1,
  })
  expect(tally({ numPassedTests: 2, numFailedTests: 0, testResults: [loaded] }, null)).toEqual({
    passed: 2,
    failed: 1,
  })
  expect(tally(null, 0)).toEqual({ passed: 0, failed: 1 })
})
