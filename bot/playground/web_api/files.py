"""files.getUploadURLExternal, files.completeUploadExternal, files.info: the way in which the SDK uploads a file."""

from __future__ import annotations

from bot.playground import posting
from bot.playground.arguments import decoded, required
from bot.playground.content import Content
from bot.playground.formatting import bot_text
from bot.playground.web_api.call import Call, Method
from bot.playground.web_api.chat import bot_message
from bot.playground.wire import ApiError, Json


def get_upload_url(call: Call) -> Json:
    """Where to POST the bytes of one file."""
    name = required(call.arguments, "filename")
    length = int(required(call.arguments, "length"))
    file = call.workspace.new_id("F")
    call.workspace.files[file] = file_json(call.scene.url, file, name, size=length) | {
        "user": call.workspace.app.bot_user_id
    }
    return {"upload_url": f"{call.scene.url}/upload/{file}", "file_id": file}


def complete_upload(call: Call) -> Json:
    """Share what was uploaded; as in Slack, the answer doesn't know yet where it stands."""
    wanted = decoded(call.arguments, "files", "invalid_arguments")
    if not isinstance(wanted, list) or not wanted:
        raise ApiError("invalid_arguments")
    files = []
    for each in wanted:
        file = call.workspace.files.get(each.get("id"))
        if file is None or each["id"] not in call.workspace.file_bytes:
            raise ApiError("file_not_found")
        file["title"] = each.get("title") or file["name"]
        files.append(file)
    if call.arguments.get("channel_id"):
        channel = call.channel("channel_id", member=True)
        text = bot_text(str(call.arguments.get("initial_comment") or ""), call.workspace, link_names=False)
        blocks = decoded(call.arguments, "blocks", "invalid_blocks_format") or []
        content = Content(text, blocks, [], None, has_blocks=bool(blocks), has_text=True)
        message = bot_message(call.workspace, content, call.arguments.get("thread_ts"))
        message.files, message.subtype = files, "file_share"
        posting.post(call.scene, channel, message)
    return {"files": [dict(file) for file in files]}


def info(call: Call) -> Json:
    """What is known of a file. Raises `ApiError` file_not_found."""
    file = call.workspace.files.get(required(call.arguments, "file"))
    if file is None:
        raise ApiError("file_not_found")
    return {"file": dict(file), "comments": [], "response_metadata": {"next_cursor": ""}}


def file_json(url: str, file: str, name: str, *, size: int = 0, mimetype: str = "", alt_txt: str | None = None) -> Json:
    """A file as Slack shows it. `url_private` opens with the bot's token."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    shape: Json = {
        "id": file,
        "name": name,
        "title": name,
        "mimetype": mimetype or _MIMETYPES.get(ending, "application/octet-stream"),
        "filetype": ending,
        "size": size,
        "mode": "hosted",
        "file_access": "visible",
        "url_private": f"{url}/files/{file}/{name}",
        "url_private_download": f"{url}/files/{file}/download/{name}",
    }
    return shape | ({"alt_txt": alt_txt} if alt_txt is not None else {})


_MIMETYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "mp4": "video/mp4",
    "pdf": "application/pdf",
    "csv": "text/csv",
    "txt": "text/plain",
    "json": "application/json",
}
METHODS: dict[str, Method] = {
    "files.getUploadURLExternal": get_upload_url,
    "files.completeUploadExternal": complete_upload,
    "files.info": info,
}
