// Loaded into a measured process before its own code: at its end it notes the most memory that it held.
import { appendFileSync } from 'node:fs'

process.on('exit', () => {
  appendFileSync(process.env.PEAK_MEMORY_FILE, `${process.resourceUsage().maxRSS * 1024}\n`)
})
