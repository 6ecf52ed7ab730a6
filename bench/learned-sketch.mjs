// Yardstick: the idea of learned transitions with nothing else around it. Slots interned to small integers, actions learned as decision
// trees over what they read, incremental hash, exact comparison of rows. It has no spec language, no limits, no traces, no way out for a slot
// with more than 65,536 values: what faultline adds to it must not cost much.
//
// TLA+'s TwoPhase.tla with N resource managers.   node bench/learned-sketch.mjs N
class Interner {
  values = []
  ids = new Map()
  id(v) {
    const key = typeof v === 'object' ? JSON.stringify(v) : v
    let i = this.ids.get(key)
    if (i === undefined) {
      i = this.values.length
      this.values.push(v)
      this.ids.set(key, i)
    }
    return i
  }
}
const mix = (x) => {
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return x ^ (x >>> 16)
}
function explore({ init, actions, holds }) {
  const slots = Object.keys(init),
    K = slots.length,
    slotOf = new Map(slots.map((s, i) => [s, i]))
  const interners = slots.map(() => new Interner())
  const term = slots.map((_, i) => Int32Array.from({ length: 65536 }, (_, id) => mix(Math.imul(id * 64 + i + 1, 0x9e3779b1)))) // hash = sum of term[slot][id]
  const cur = new Int32Array(K),
    nxt = new Int32Array(K)
  // states: one row of K 16-bit ids each, in breadth-first order, so the queue is a counter
  let capacity = 1 << 20,
    rows = new Uint16Array(capacity * K),
    parent = new Int32Array(capacity),
    count = 0
  // open addressing: [index + 1, hash] pairs; the hash spares most visits to a row, the row decides
  let buckets = 1 << 21,
    mask = buckets - 1,
    table = new Int32Array(buckets * 2)
  const growRows = () => {
    capacity *= 2
    const r = new Uint16Array(capacity * K)
    r.set(rows)
    rows = r
    const p = new Int32Array(capacity)
    p.set(parent)
    parent = p
  }
  const growTable = () => {
    const old = table,
      n = buckets
    buckets *= 2
    mask = buckets - 1
    table = new Int32Array(buckets * 2)
    for (let q = 0; q < n; q++)
      if (old[2 * q] !== 0) {
        let p = old[2 * q + 1] & mask
        while (table[2 * p] !== 0) p = (p + 1) & mask
        table[2 * p] = old[2 * q]
        table[2 * p + 1] = old[2 * q + 1]
      }
  }
  function add(effect, sum, from) {
    const hash = mix(sum)
    for (let j = 0; j < K; j++) nxt[j] = cur[j]
    for (let j = 0; j < effect.length; j += 2) nxt[effect[j]] = effect[j + 1]
    let p = hash & mask
    for (;;) {
      const at = table[2 * p]
      if (at === 0) break
      if (table[2 * p + 1] === hash) {
        const b = (at - 1) * K
        let j = 0
        while (j < K && rows[b + j] === nxt[j]) j++
        if (j === K) return false
      }
      p = (p + 1) & mask
    }
    if (count === capacity) growRows()
    const b = count * K
    for (let j = 0; j < K; j++) rows[b + j] = nxt[j]
    parent[count] = from
    table[2 * p] = ++count
    table[2 * p + 1] = hash
    if (count * 2 > buckets) growTable()
    return true
  }
  // learned actions: node > 0 reads a slot and branches on its id; node < 0 is leaf number -node - 1; 0 is not known yet
  const nodeSlot = [-1],
    nodeKids = [null],
    leaves = [],
    root = new Int32Array(actions.length)
  let reads = [],
    ran = 0
  const view = {}
  for (const [i, s] of slots.entries())
    Object.defineProperty(view, s, {
      get() {
        if (!reads.includes(i)) reads.push(i)
        return interners[i].values[cur[i]]
      },
    })
  const newNode = (slot) => {
    nodeSlot.push(slot)
    nodeKids.push(new Int32Array(8))
    return nodeSlot.length - 1
  }
  function learn(a) {
    ran++
    reads = []
    const patch = actions[a](view)
    leaves.push(
      patch
        ? Int32Array.from(
            Object.entries(patch).flatMap(([k, v]) => {
              const i = slotOf.get(k)
              return [i, interners[i].id(v)]
            }),
          )
        : null,
    )
    const leaf = -leaves.length
    if (reads.length === 0) {
      root[a] = leaf
      return leaf
    }
    if (root[a] === 0) root[a] = newNode(reads[0])
    let node = root[a]
    for (let d = 0; d < reads.length; d++) {
      const id = cur[nodeSlot[node]]
      if (id >= nodeKids[node].length) {
        const k = new Int32Array(Math.max(id + 1, nodeKids[node].length * 2))
        k.set(nodeKids[node])
        nodeKids[node] = k
      }
      if (d === reads.length - 1) nodeKids[node][id] = leaf
      else {
        if (nodeKids[node][id] === 0) nodeKids[node][id] = newNode(reads[d + 1])
        node = nodeKids[node][id]
      }
    }
    return leaf
  }
  const find = (a) => {
    let n = root[a]
    while (n > 0) {
      const kids = nodeKids[n],
        id = cur[nodeSlot[n]]
      n = id < kids.length ? kids[id] : 0
    }
    return n === 0 ? learn(a) : n
  }
  let generated = 1,
    depth = 0,
    levelEnd = 1,
    first = []
  slots.forEach((s, i) => {
    first.push(i, interners[i].id(init[s]))
  })
  let sum = 0
  for (let j = 0; j < first.length; j += 2) sum = (sum + term[first[j]][first[j + 1]]) | 0
  add(Int32Array.from(first), sum, -1)
  for (let i = 0; i < count; i++) {
    if (i === levelEnd) {
      depth++
      levelEnd = count
    }
    sum = 0
    for (let j = 0; j < K; j++) {
      cur[j] = rows[i * K + j]
      sum = (sum + term[j][cur[j]]) | 0
    }
    for (let a = 0; a < actions.length; a++) {
      const effect = leaves[-find(a) - 1]
      if (effect === null) continue
      generated++
      let s = sum
      for (let j = 0; j < effect.length; j += 2) {
        const t = term[effect[j]]
        s = (s - t[cur[effect[j]]] + t[effect[j + 1]]) | 0
      }
      if (add(effect, s, i) && !holds((slot) => interners[slot].values[nxt[slot]])) throw new Error('violated')
    }
  }
  return { distinct: count, generated, depth, userFunctionRuns: ran }
}
const N = Number(process.argv[2] ?? 7),
  RM = [...Array(N).keys()],
  COMMIT = 1 << N,
  ABORT = 1 << (N + 1),
  ALL = (1 << N) - 1
const init = Object.fromEntries([...RM.map((r) => [`rm${r}`, 'working']), ['tm', 'init'], ['prepared', 0], ['msgs', 0]])
const actions = [
  ...RM.map((r) => (s) => (s.tm === 'init' && s.msgs & (1 << r) ? { prepared: s.prepared | (1 << r) } : undefined)),
  (s) => (s.tm === 'init' && s.prepared === ALL ? { tm: 'committed', msgs: s.msgs | COMMIT } : undefined),
  (s) => (s.tm === 'init' ? { tm: 'aborted', msgs: s.msgs | ABORT } : undefined),
  ...RM.flatMap((r) => {
    const rm = `rm${r}`
    return [
      (s) => (s[rm] === 'working' ? { [rm]: 'prepared', msgs: s.msgs | (1 << r) } : undefined),
      (s) => (s[rm] === 'working' ? { [rm]: 'aborted' } : undefined),
      (s) => (s.msgs & COMMIT ? { [rm]: 'committed' } : undefined),
      (s) => (s.msgs & ABORT ? { [rm]: 'aborted' } : undefined),
    ]
  }),
]
const holds = (value) => {
  let c = 0
  for (let r = 0; r < N; r++) {
    const v = value(r)
    if (v === 'committed') c |= 1
    else if (v === 'aborted') c |= 2
  }
  return c !== 3
}
const started = process.cpuUsage()
const result = explore({ init, actions, holds })
const { user, system } = process.cpuUsage(started)
console.log(
  JSON.stringify({
    model: 'two-phase-commit',
    n: N,
    ...result,
    cpuSeconds: (user + system) / 1e6,
    peakBytes: process.resourceUsage().maxRSS * 1024,
  }),
)
