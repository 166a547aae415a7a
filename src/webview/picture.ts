/** Whether it is a picture that needs no request, of a kind that holds no script. */
export function isPicture(address: string): boolean {
  return /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+={0,2}$/.test(address);
}
