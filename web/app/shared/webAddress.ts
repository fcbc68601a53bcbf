/** What people write of a web address, whole: `birch.example` is found with `https://` before it. */
export function webAddress(written: string): string {
  const address = written.trim();
  return /^[^\s:/@]+\.[^\s:/@]+(:\d+)?([/?#]\S*)?$/.test(address) ? `https://${address}` : written;
}
