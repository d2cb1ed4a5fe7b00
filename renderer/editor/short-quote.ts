/** Characters of a quote in a name. */
const SHORT = 40;

/** The beginning of a quote, in one line. */
export function shortQuote(quote: string): string {
  const line = quote.replace(/\s+/g, ' ').trim();
  const characters = Array.from(line);
  return characters.length <= SHORT ? line : `${characters.slice(0, SHORT).join('').trim()}…`;
}
