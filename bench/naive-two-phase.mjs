// Yardstick: what a competent engineer writes in ten minutes. Breadth-first search over plain objects, with JSON strings as keys.
//
// TLA+'s TwoPhase.tla with N resource managers.   node bench/naive-two-phase.mjs N
const N = Number(process.argv[2] ?? 7)
const RM = [...Array(N).keys()]
const init = {
  rm: RM.map(() => 'working'),
  tm: 'init',
  prepared: RM.map(() => false),
  msgs: [...RM.map(() => false), false, false],
}
const COMMIT = N,
  ABORT = N + 1
function* next(s) {
  if (s.tm === 'init') {
    for (const r of RM) if (s.msgs[r]) yield { ...s, prepared: s.prepared.with(r, true) }
    if (s.prepared.every(Boolean)) yield { ...s, tm: 'committed', msgs: s.msgs.with(COMMIT, true) }
    yield { ...s, tm: 'aborted', msgs: s.msgs.with(ABORT, true) }
  }
  for (const r of RM) {
    if (s.rm[r] === 'working') {
      yield { ...s, rm: s.rm.with(r, 'prepared'), msgs: s.msgs.with(r, true) }
      yield { ...s, rm: s.rm.with(r, 'aborted') }
    }
    if (s.msgs[COMMIT]) yield { ...s, rm: s.rm.with(r, 'committed') }
    if (s.msgs[ABORT]) yield { ...s, rm: s.rm.with(r, 'aborted') }
  }
}
const consistent = (s) => !(s.rm.includes('committed') && s.rm.includes('aborted'))
const started = process.cpuUsage()
const seen = new Set([JSON.stringify(init)])
let level = [init],
  generated = 1,
  depth = 0
while (level.length > 0) {
  const following = []
  for (const s of level)
    for (const t of next(s)) {
      generated++
      const key = JSON.stringify(t)
      if (seen.has(key)) continue
      if (!consistent(t)) throw new Error('inconsistent')
      seen.add(key)
      following.push(t)
    }
  if (following.length > 0) depth++
  level = following
}
const { user, system } = process.cpuUsage(started)
console.log(
  JSON.stringify({
    model: 'two-phase-commit',
    n: N,
    distinct: seen.size,
    generated,
    depth,
    cpuSeconds: (user + system) / 1e6,
    peakBytes: process.resourceUsage().maxRSS * 1024,
  }),
)
