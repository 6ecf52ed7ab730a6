import type { PaneProps } from '../pane.js'
import { stepText } from './describe.js'

/** Walks through the steps: buttons, and a slider for long ways. */
export function StepSlider({ behaviour, selected, select, shown }: PaneProps) {
  const place = Math.max(
    0,
    shown.findLastIndex((step) => step <= selected),
  )
  const go = (to: number) => select(shown[Math.min(shown.length - 1, Math.max(0, to))] ?? 0)
  const label = behaviour.steps[selected - 1]?.label
  const text = selected === 0 || label === undefined ? 'initial state' : `step ${selected}: ${stepText(label)}`
  const buttons: readonly (readonly [icon: string, name: string, to: number])[] = [
    ['M2 1V11M11 1L4 6L11 11Z', 'First state', 0],
    ['M10 1L3 6L10 11Z', 'Step back', place - 1],
    ['M2 1L9 6L2 11Z', 'Step on', place + 1],
    ['M10 1V11M1 1L8 6L1 11Z', 'Last step', shown.length - 1],
  ]
  return (
    <div class="step-slider">
      {buttons.slice(0, 2).map((button) => (
        <SliderButton key={button[1]} button={button} isIdle={place === 0} go={go} />
      ))}
      <input
        type="range"
        min="0"
        max={shown.length - 1}
        value={place}
        aria-label="Step"
        aria-valuetext={text}
        onInput={({ currentTarget }) => go(Number(currentTarget.value))}
      />
      {buttons.slice(2).map((button) => (
        <SliderButton key={button[1]} button={button} isIdle={place === shown.length - 1} go={go} />
      ))}
      <output>
        {selected} of {behaviour.length}
      </output>
    </div>
  )
}

interface SliderButtonProps {
  readonly button: readonly [icon: string, name: string, to: number]
  readonly isIdle: boolean
  readonly go: (place: number) => void
}

/** Not disabled at the ends: a button that is loses the focus of who holds it down. */
function SliderButton({ button: [icon, name, to], isIdle, go }: SliderButtonProps) {
  return (
    <button type="button" aria-label={name} title={name} aria-disabled={isIdle} onClick={() => go(to)}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        <path d={icon} />
      </svg>
    </button>
  )
}
