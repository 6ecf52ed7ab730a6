import { readFileSync } from 'node:fs'
import { ownPackage } from '../spec/own-package.js'

/** The version of this package. */
export function version(): string {
  return JSON.parse(readFileSync(new URL('package.json', ownPackage), 'utf8')).version
}
