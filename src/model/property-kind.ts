/** What kind of property it is: how it is written in `machine`, or `deadlock`, which every machine has unless all its states are terminal. */
export type PropertyKind = 'invariant' | 'transition' | 'sometimes' | 'alwaysPossible' | 'deadlock'
