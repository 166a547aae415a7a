/** The host of an address that {@link allowedAddress} gave, with its port. */
export function hostOf(address: string): string {
  return new URL(address).host;
}
