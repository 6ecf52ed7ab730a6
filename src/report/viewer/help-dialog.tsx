import { useEffect, useRef } from 'preact/hooks'

const keys: readonly (readonly [keys: readonly string[], meaning: string])[] = [
  [['→', '↓', 'j'], 'next step'],
  [['←', '↑', 'k'], 'previous step'],
  [['Home'], 'initial state'],
  [['End'], 'last step'],
  [['/'], 'search in steps and values'],
  [['Enter', 'n'], 'next step found'],
  [['Shift+Enter', 'N'], 'previous step found'],
  [['Esc'], 'leave the search, close this'],
  [['?'], 'these keys'],
]

/** The keys of the report, over the page. */
export function HelpDialog({ isOpen, close }: { readonly isOpen: boolean; readonly close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (isOpen) dialog.current?.showModal()
    else dialog.current?.close()
  }, [isOpen])
  return (
    <dialog ref={dialog} aria-labelledby="help-heading" onClose={close}>
      <h2 id="help-heading">Keys</h2>
      <dl class="keys">
        {keys.map(([names, meaning]) => (
          <div key={meaning}>
            <dt>
              {names.map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p class="soft">The address of the page names the step that is looked at: copy it to point at that step.</p>
      <form method="dialog">
        <button type="submit">Close</button>
      </form>
    </dialog>
  )
}
