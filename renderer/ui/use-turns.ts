import { useEffect, useState } from 'react';

/**
 * Counts from 0 to `last`, by one each time that what it has counted to is drawn: the parts of a screen that wait for their turn are each
 * drawn in a task of their own, so that all of them together hold up no frame.
 */
export function useTurns(last: number): number {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (turn >= last) return undefined;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => setTurn(turn + 1);
    port2.postMessage(null);
    return () => {
      port1.onmessage = null;
      port1.close();
    };
  }, [turn, last]);
  return turn;
}
