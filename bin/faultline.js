#!/usr/bin/env node
import('../dist/command/cli/main.js').catch((error) => {
  if (error?.code !== 'ERR_MODULE_NOT_FOUND' || !String(error.message).includes('dist')) throw error
  console.error('faultline is not built yet.\nRun `npm run build` in its folder (npm ci does it for you).')
  process.exitCode = 2
})
