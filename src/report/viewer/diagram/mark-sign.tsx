import type { MarkKind } from './geometry.js'

/** The sign of a kind of step, around the origin. Told apart by shape, not by colour alone. */
export function MarkSign({ kind }: { readonly kind: MarkKind }) {
  switch (kind) {
    case 'start':
      return <path class="sign-line" d="M-8 0H8" />
    case 'local':
      return <circle class="sign-full" r="5" />
    case 'deliver':
      return <circle class="sign-ring" r="4.5" />
    case 'timeout':
      return <Clock />
    case 'tick':
      return (
        <>
          <circle class="sign-ring" r="4.5" />
          <path class="sign-line" d="M0 0V-8" />
        </>
      )
    case 'skew':
      return (
        <g class="sign-fault">
          <Clock />
          <path class="sign-heavy" d="M-8 8L8 -8" />
        </g>
      )
    case 'crash':
      return (
        <g class="sign-fault">
          <rect class="sign-full" x="-8" y="-8" width="16" height="16" rx="2.5" />
          <path class="sign-cut" d="M-4 -4L4 4M4 -4L-4 4" />
        </g>
      )
    case 'restart':
      return (
        <g class="sign-fault">
          <circle class="sign-ground" r="10" />
          <path class="sign-heavy" d="M5.2 -4.6A7 7 0 1 0 7 0.8" />
          <path class="sign-full" d="M9.4 -8.6V-0.8H1.6Z" />
        </g>
      )
    case 'drop':
    case 'lost':
      return (
        <g class="sign-fault">
          <path class="sign-heavy" d="M-6 -6L6 6M6 -6L-6 6" />
        </g>
      )
    case 'duplicate':
      return (
        <g class="sign-fault">
          <circle class="sign-ring" r="8.5" />
          <path class="sign-line" d="M-4 -2.6H4M-4 2.6H4" />
        </g>
      )
    case 'corrupt':
      return (
        <g class="sign-fault">
          <circle class="sign-ring" r="8.5" />
          <path class="sign-line" d="M1.5 -5.5L-3 0.8H3L-1.5 5.5" />
        </g>
      )
    case 'partition':
      return (
        <g class="sign-fault">
          <path class="sign-heavy" d="M-5 7L1 -7M-1 7L5 -7" />
        </g>
      )
    case 'heal':
      return (
        <g class="sign-fault">
          <circle class="sign-ring" r="8.5" />
          <path class="sign-line" d="M-4 0H4M0 -4V4" />
        </g>
      )
    case 'fault':
      return (
        <g class="sign-fault">
          <path class="sign-ring" d="M0 -8L8 6H-8Z" />
          <path class="sign-line" d="M0 -3V2M0 4V4.5" />
        </g>
      )
  }
}

function Clock() {
  return (
    <>
      <circle class="sign-ring" r="7" />
      <path class="sign-line" d="M0 -4V0L3 2" />
    </>
  )
}
