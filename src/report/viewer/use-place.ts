import { useCallback, useEffect, useLayoutEffect, useState } from 'preact/hooks'
import type { ReportData } from '../html/report-data.js'
import { fragmentOf, type Place, placeOf } from './place.js'

/** The place that the page's address names, and a way to go elsewhere within the same behaviour. Links do the rest. */
export function usePlace(data: ReportData): readonly [Place, (step: number) => void] {
  const [place, setPlace] = useState(() => placeOf(location.hash, data))
  // At once, not after the first paint: links are there to be followed.
  useLayoutEffect(() => {
    // Where the link led, not where the page is now: below, an earlier place may have been written in between.
    const follow = ({ newURL }: HashChangeEvent) => setPlace(placeOf(new URL(newURL).hash, data))
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [data])
  // Replaced, not pushed: "back" should leave the behaviour, not walk it step by step. And late: browsers limit how often.
  useEffect(() => {
    const timer = setTimeout(() => history.replaceState(null, '', fragmentOf(place)), 120)
    return () => clearTimeout(timer)
  }, [place])
  const goTo = useCallback((step: number) => setPlace((current) => (current.step === step ? current : { ...current, step })), [])
  return [place, goTo]
}
