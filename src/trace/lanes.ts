import type { Nodes } from '../model/anatomy.js'
import { isPlainRecord } from '../model/shape.js'
import type { Lane } from './annotation.js'
import type { Step } from './counterexample.js'

/** The nodes of a protocol, with when they are down in the states of a behaviour. */
export function lanesOfNodes({ ids, isUp }: Nodes, states: readonly unknown[]): readonly Lane[] {
  return ids.map(({ id, role }) => {
    const down: { from: number; to: number | null }[] = []
    states.forEach((state, index) => {
      const last = down.at(-1)
      const isDown = last !== undefined && last.to === null
      if (isDown === !isUp(state, id)) return
      if (isDown) last.to = index
      else down.push({ from: index, to: null })
    })
    return { id, role, down }
  })
}

/**
 * The processes of a machine: the keys of every record of its state that has the process of a step among its keys. None where no step has a process.
 */
export function lanesOfProcesses(initial: unknown, steps: readonly Step[]): readonly Lane[] {
  const taking = new Set(steps.flatMap(({ node }) => (node === null ? [] : [node])))
  const processes = new Set<string>()
  const visit = (value: unknown, isRoot: boolean): void => {
    if (!isPlainRecord(value)) return
    const keys = Object.keys(value)
    if (!isRoot && keys.some((key) => taking.has(key))) for (const key of keys) processes.add(key)
    for (const part of Object.values(value)) visit(part, false)
  }
  visit(initial, true)
  return Array.from(processes, (id) => ({ id, role: null, down: [] }))
}
