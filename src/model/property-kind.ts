export type PropertyKind = 'invariant' | 'transition' | 'sometimes' | 'deadlock'
