/** Zeros of the decimal digits that are read, beside 0: Arabic-Indic, Persian, Devanagari, Bengali, Thai, fullwidth. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10];

const SMALL = [
  ...['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'],
  ...['thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'],
];
const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

/**
 * What a number can mean: `1,000` is a thousand where commas group digits, and one where they begin the decimals; both are given. In the
 * writing of any locale, or in English words up to a hundred. Empty for what is no number.
 */
export function numberReadings(text: string): readonly number[] {
  const word = text.toLowerCase();
  if (/^(one|a) hundred$/.test(word)) return [100];
  const [tens = '', ones = 'zero', ...more] = word.split('-');
  if (TENS.includes(tens))
    return SMALL.slice(0, 10).includes(ones) && more.length === 0
      ? [(TENS.indexOf(tens) + 2) * 10 + SMALL.indexOf(ones)]
      : [];
  if (SMALL.includes(word)) return [SMALL.indexOf(word)];
  return ofDigits(asciiDigits(text));
}

function asciiDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0)!;
    const zero = ZEROS.find((one) => code >= one && code < one + 10);
    return zero === undefined ? digit : String(code - zero);
  });
}

function ofDigits(text: string): readonly number[] {
  // What only ever groups; the Arabic decimal sign only ever begins decimals.
  const plain = text.replace(/['’٬ \u00a0\u202f](?=\d)/g, '').replace('٫', '·');
  if (/^\d+$/.test(plain)) return [Number(plain)];
  const arabic = /^(\d+)·(\d+)$/.exec(plain);
  if (arabic !== null) return [Number(`${arabic[1]}.${arabic[2]}`)];
  for (const [group, decimal] of [
    [',', '.'],
    ['.', ','],
  ] as const) {
    const both = new RegExp(`^(\\d{1,3}(?:[${group}]\\d{2,3})*[${group}]\\d{3})[${decimal}](\\d+)$`).exec(plain);
    if (both !== null) return [Number(`${both[1]!.replaceAll(group, '')}.${both[2]}`)];
  }
  const parts = plain.split(/[.,]/);
  if (parts.some((part) => !/^\d+$/.test(part)) || (plain.includes('.') && plain.includes(','))) return [];
  const grouped = parts
    .slice(1)
    .every((part, index) => part.length === 3 || (index < parts.length - 2 && part.length === 2));
  const whole = grouped && parts[0]!.length <= 3 && !parts[0]!.startsWith('0') ? [Number(parts.join(''))] : [];
  return parts.length === 2 ? [...whole, Number(parts.join('.'))] : whole;
}
