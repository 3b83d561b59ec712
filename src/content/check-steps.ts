import type { Content } from './check.ts'
import type { Fault } from './fault.ts'

/** What is wrong with next steps and consulates beyond their shape. Pure; for tests and builds. */

type Path = readonly PropertyKey[]

const repeated = (file: string, at: Path, key: 'id' | 'phone', values: readonly string[]): Fault[] =>
  values.flatMap((value, index) =>
    values.indexOf(value) === index
      ? []
      : [{ file, path: [...at, index, key], message: `${value}: stands twice` }],
  )

export const stepFaults = (content: Content): Fault[] => {
  const { steps } = content['next-steps']
  const { consulates, countries, withoutNumber } = content.consulates
  const file = 'consulates'
  const faults = [
    ...repeated(
      'next-steps',
      ['steps'],
      'id',
      steps.map(({ id }) => id),
    ),
    ...repeated(
      file,
      ['consulates'],
      'id',
      consulates.map(({ id }) => id),
    ),
    ...repeated(
      file,
      ['consulates'],
      'phone',
      consulates.map(({ phone }) => phone),
    ),
  ]
  for (const [index, { id, country }] of consulates.entries()) {
    const path = ['consulates', index, 'country']
    if (!Object.hasOwn(countries, country))
      faults.push({ file, path, message: `${id}: ${country} has no name` })
  }
  for (const code of Object.keys(countries)) {
    const path = ['countries', code]
    if (!consulates.some(({ country }) => country === code))
      faults.push({ file, path, message: `${code}: has no number` })
    if (Object.hasOwn(withoutNumber, code)) faults.push({ file, path, message: `${code}: stands twice` })
  }
  return faults
}
