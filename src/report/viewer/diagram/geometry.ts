/** A point of the diagram, in pixels from its top left corner. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** A stretch of a lane, in pixels from the top of the diagram. */
export interface Stretch {
  readonly top: number
  readonly bottom: number
}

/** The column of a lane. */
export interface LaneColumn {
  /** The node's id; `null` for the column of steps that no node takes. */
  readonly id: string | null
  readonly role: string | null
  readonly x: number
  /** Where the node is down. */
  readonly down: readonly Stretch[]
  /** Where the node is on the isolated side of a partition. */
  readonly isolated: readonly Stretch[]
}

/** The row of a step, or (step 0) of the initial state. */
export interface DiagramRow {
  readonly step: number
  readonly top: number
  /** With the gap for steps left out above it. */
  readonly height: number
  /** Middle of the row without that gap: where its mark stands. */
  readonly y: number
  /** How many steps between the row above and this one are left out. */
  readonly skipped: number
}

/** What a mark stands for. Each kind has a shape of its own. */
export type MarkKind =
  | 'start'
  | 'local'
  | 'deliver'
  | 'timeout'
  | 'tick'
  | 'crash'
  | 'restart'
  | 'partition'
  | 'heal'
  | 'skew'
  | 'drop'
  | 'duplicate'
  | 'corrupt'
  | 'lost'
  | 'fault'

/** The sign of a step, where it happens. */
export interface Mark {
  readonly step: number
  readonly kind: MarkKind
  readonly at: Point
  /** Whether the behaviour ends here: in a violation, or in what it is a witness of. */
  readonly end: 'violated' | 'reached' | null
}

/** How a message is drawn: by where it comes from. */
export type LineStyle = 'sent' | 'duplicated' | 'corrupted'

/** What is at the end of a message's line. */
export type LineEnd = 'delivered' | 'dropped' | 'lost' | 'corrupted' | 'in-flight'

/** A short text beside a line. */
export interface Label extends Point {
  readonly text: string
  readonly anchor: 'start' | 'middle' | 'end'
}

/** The line of a message, from where it was sent to one of its ends; of several messages where they are drawn as one. */
export interface MessagePath {
  readonly ids: readonly number[]
  readonly style: LineStyle
  readonly end: LineEnd
  readonly points: readonly Point[]
  /** The step that sent it, and the one that ended it: `null` while it is in flight. */
  readonly sentAt: number
  readonly endedAt: number | null
  readonly label: Label
  /** In full, for who points at it. */
  readonly title: string
  readonly top: number
  readonly bottom: number
}

/** That a step of one lane needed one of another, where no message says so. */
export interface CausePath {
  readonly cause: number
  readonly step: number
  readonly from: Point
  readonly to: Point
  readonly top: number
  readonly bottom: number
}

/** Everything that is drawn of a behaviour, where it is drawn. */
export interface DiagramLayout {
  readonly width: number
  readonly height: number
  readonly laneGap: number
  readonly columns: readonly LaneColumn[]
  readonly rows: readonly DiagramRow[]
  readonly marks: readonly Mark[]
  readonly messages: readonly MessagePath[]
  readonly causes: readonly CausePath[]
}
