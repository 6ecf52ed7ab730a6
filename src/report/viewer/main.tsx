import { render } from 'preact'
import { App } from './app.js'
import { readData } from './read-data.js'
import './styles/tokens.css'
import './styles/base.css'
import './styles/shell.css'
import './styles/behaviour.css'
import './styles/steps.css'
import './styles/diagram.css'
import './styles/state.css'
import './styles/reasons.css'
import './styles/watched.css'
import './styles/run.css'
import './styles/print.css'

const root = document.getElementById('app')
if (root !== null)
  readData().then(
    (data) => render(<App data={data} />, root),
    (error: unknown) => render(<Unreadable error={error} />, root),
  )

function Unreadable({ error }: { readonly error: unknown }) {
  return (
    <main class="unreadable">
      <h1>This report cannot be shown</h1>
      <p>{error instanceof Error ? error.message : String(error)}</p>
      <p>
        The file may have been cut short; make it again with <code>faultline check --report</code>. A browser of 2024 or later is
        needed.
      </p>
    </main>
  )
}
