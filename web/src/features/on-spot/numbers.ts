/** Check characters of the numbers that people and units go by: a slip of a cold finger is found before it is printed. */

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const MARKS = "10X98765432";

/** A citizen's identity number (公民身份号码), GB 11643-1999: 17 digits with a real day of birth, and a check character by ISO 7064 MOD 11-2. */
export function isIdNumber(text: string): boolean {
  const number = text.trim().toUpperCase();
  if (!/^[1-9]\d{16}[\dX]$/.test(number)) return false;
  const [year, month, day] = [number.slice(6, 10), number.slice(10, 12), number.slice(12, 14)].map(Number) as [number, number, number];
  const born = new Date(Date.UTC(year, month - 1, day));
  if (year < 1900 || born.getUTCMonth() !== month - 1 || born.getUTCDate() !== day) return false;
  const sum = WEIGHTS.reduce((sum, weight, at) => sum + weight * Number(number[at]), 0);
  return MARKS[sum % 11] === number[17];
}

const LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const POWERS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** A unit's unified social credit code (统一社会信用代码), GB 32100-2015: 17 characters and a check character modulo 31. */
export function isCreditCode(text: string): boolean {
  const code = text.trim().toUpperCase();
  if (code.length !== 18 || [...code].some((it) => !LETTERS.includes(it))) return false;
  const sum = POWERS.reduce((sum, power, at) => sum + power * LETTERS.indexOf(code[at] ?? ""), 0);
  return LETTERS[(31 - (sum % 31)) % 31] === code[17];
}

/** The age on a day that a citizen's number tells, in years. */
export function ageOf(idNumber: string, at: Date): number {
  const [year, month, day] = [idNumber.slice(6, 10), idNumber.slice(10, 12), idNumber.slice(12, 14)].map(Number) as [number, number, number];
  const local = new Date(at.getTime() + 8 * 3_600_000);
  const passed = local.getUTCMonth() + 1 > month || (local.getUTCMonth() + 1 === month && local.getUTCDate() >= day);
  return local.getUTCFullYear() - year - (passed ? 0 : 1);
}
