import type { ReportedBehaviour } from '../html/report-data.js'

const grouping = new Intl.NumberFormat('en')

/** A whole number with its thousands apart: `296,448`. */
export function grouped(count: number): string {
  return grouping.format(count)
}

/** `1 step`, `3 steps`. */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** How long a behaviour is: `7 steps, 1 fault`. */
export function countedSteps({ length, faults }: Pick<ReportedBehaviour, 'length' | 'faults'>): string {
  return faults > 0 ? `${counted(length, 'step')}, ${counted(faults, 'fault')}` : counted(length, 'step')
}
