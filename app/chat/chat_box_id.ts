/** The id of the message box, for parts that move the focus there and must not load it. */
export const chatBoxId = "chat-box";
