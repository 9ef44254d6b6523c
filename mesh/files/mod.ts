export { BrowserStorage, memoryBytes } from "./browser_storage.ts";
export {
  FileExchange,
  type FileRoom,
  type FileWrap,
  type OfferedChannel,
} from "./file_exchange.ts";
export { browserPlatform } from "./kept_files.ts";
export { isHuge, pictureBytes, pictureOf, picturePixels } from "./picture.ts";
export type { PictureSize } from "./picture_size.ts";
export type { OwnCopy, OwnShare } from "./shares/own_share.ts";
export { isShareRoom, RoomShares, type ShareEvent } from "./shares/room_shares.ts";
export { browserShares } from "./shares/share_disk.ts";
export { saveFile } from "./save_file.ts";
export { type FileStorage, type StoredFile } from "./sink.ts";
export { fileSource, type Source } from "./source.ts";
export {
  type FileFailure,
  isOver,
  type Side,
  type Transfer,
  type TransferState,
} from "./transfer.ts";
