/** A logo that the hub itself keeps. Pictures of other hosts are not shown: whoever looks would be known there. */
export function ownLogo(address: string | null | undefined): string | undefined {
  return address && new URL(address, location.origin).origin === location.origin ? address : undefined;
}
