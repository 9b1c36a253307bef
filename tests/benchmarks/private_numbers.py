"""Made-up private numbers and addresses in the forms in which people write them, and public ones that look alike.

Each is made from a `random.Random`, so that a seed gives the same ones. None belongs to anybody.
"""

from __future__ import annotations

import random
from collections.abc import Callable

Made = Callable[[random.Random], str]


def forms_of(written: str) -> tuple[str, ...]:
    """Forms divided by bars; one that stands there twice is twice as common."""
    return tuple(form.strip("\n") for form in written.split("|"))


_STREETS = forms_of(
    "Nguyễn Du|Phan Đình Phùng|Hà Huy Tập|Trần Phú|Nguyễn Công Trứ|Lê Duẩn|Xuân Diệu|Hải Thượng Lãn Ông|Đặng Dung|"
    "Nguyễn Thị Minh Khai|Lý Tự Trọng|Hàm Nghi|Vũ Quang|Xô Viết Nghệ Tĩnh|Võ Liêm Sơn|Nguyễn Huy Tự|Mai Thúc Loan|"
    "Cao Thắng|Ngô Quyền|Quang Trung|Phan Bội Châu|Hoàng Xuân Hãn|La Sơn Phu Tử|Nguyễn Biểu"
)
_WARDS = forms_of("phường Thành Sen|phường Trần Phú|xã Thạch Lạc|xã Đức Thọ|TP Hà Tĩnh|phường Hà Huy Tập|xã Kỳ Anh")
_NAMES = forms_of("lan.nguyen|tranvanb|le_thi_c92|phamd-1980|hoang.e|minh2k|ngoc.anh.ht|x|haudv38")
_HOSTS = forms_of("gmail.com|yahoo.com.vn|hotmail.com|hatinh.gov.vn|outlook.com|mail.edu.vn|icloud.com")
_MOBILE = forms_of("032|035|036|038|039|056|058|070|076|077|079|081|083|085|088|089|090|091|093|094|096|097|098|099")
_LANDLINE = forms_of("0239|0238|0237|024|028|0236|0232")
_OLD_PREFIXES = forms_of("18|17|19|01|23|04|38")
_JOINTS = forms_of(" | |.|-| - | . |–|  |_|. ")
_COUNTRY = forms_of("+84|+84 |84|84 |084|0084|(+84) |+84-|+84.|(84)|+84(0)|+84 (0) ")
_AREA = forms_of("{a}{n}|({a}) {n}|({a}){n}|{a} {n}|{a}.{n}|{a}-{n}")
_ACCOUNTS = forms_of("stk {n}|số tài khoản {n}|số tài khoản của tôi là {n}|số tk: {n}|STK:{n}")
_CARDS = forms_of("4|51|9704|9704|3528")
_ADDRESSES = forms_of(
    "số {n} đường {s}|số {n} ngõ {i} đường {s}|số nhà {n}, {l} {i}, đường {s}, {w}|số nhà {n} đường {s}|sn {n} {s}|"
    "nhà số {n} phố {s}|{n} đường {s}, {w}|số {n}, {l} {i}, {s}|{n} {l} {i} {s}|ở {n} {s}|địa chỉ {n} {s}, {w}|"
    "địa chỉ: số {n} {s}|{l} {i}/{n} đường {s}|đường {s}, số {n}|đường {s} số nhà {n}|"
    "số {n} {l} {i} tổ dân phố Tân Giang|số nhà {n}, thôn Đông Hà, xã Thạch Lạc|thường trú tại {n} {s}|"
    "căn hộ {n} chung cư Vincom|số {n} {s}, {w}|SN{n} {s}|"
    "nhà tôi ở {n} đường {s}|{i}/{n} {s}, {w}|số {n} đường số 7|phòng {n} chung cư Vincom"
)
_LANES = forms_of("ngõ|ngách|hẻm|kiệt")
_BODIES = forms_of("H27.115|H27.05.06.001|H27|G01.899.108.000|000.00.18.H27|H27.44|K03.12|h27.100|000 00 22 H27")
_DOSSIER_JOINTS = forms_of("-|-| - | |–|_")
_DOSSIERS = forms_of("mã hồ sơ {n}|số hồ sơ: {n}|mã biên nhận là {n}|hồ sơ số {n}|mhs {n}")
_CODES = forms_of(
    "mã OTP {n}|otp là {n}|OTP: {n}|{n} là mã xác thực|mã xác nhận của tôi là {n}|mã otp vneid gửi về {n}|mk {n}|"
    "mã xác thực {n} vừa gửi về máy|mật khẩu {n}|mã pin: {n}|mã OTP gửi về điện thoại là {n}|mã kích hoạt {n}"
)
_DECISIONS = forms_of(
    "{n}/QĐ-UBND|quyết định số {n}/QĐ-UBND|quyết định {n}|{n}/QĐ-TTg|QĐ {n}/QĐ-BTP ngày 12/05/{y}|{m}/{y}/NĐ-CP|"
    "nghị định {m}/{y}/NĐ-CP|{m}/{y}/TT-BTP|luật số {m}/{y}/QH15|{n} QĐ UBND|nghị quyết {m}/{y}/NQ-HĐND|"
    "thông tư số {m}|công văn {n}/UBND-NC"
)
_ARTICLES = forms_of(
    "điều {n} luật đất đai|khoản {d} điều {n} Luật Hộ tịch|mẫu số {m:02}|điểm a khoản 2 điều {n}|mục {m} chương {d}|"
    "điều {n} luật đất đai 2024|mẫu {m:02}/ĐK|phụ lục {d}"
)
_DAYS = forms_of(
    "{d}/{m}/{y}|{d:02}-{m:02}-{y}|{d:02}.{m:02}.{y}|ngày {d} tháng {m} năm {y}|ngày {d}/{m}|tháng {m}/{y}|năm {y}|"
    "{y}-{m:02}-{d:02}|sinh năm {y}|từ {before} - {y}|hôm {d}/{m}"
)
_FEES = forms_of(
    "{n}.000 đồng|{n}k|{n},000đ|{n}.000.000 đồng|{n} nghìn|{n} triệu|{n}000 đ|lệ phí {n}.000|{n}.500.000.000 VNĐ|"
    "{n} 000 000 dong"
)
_PLACES = forms_of(
    "đường {s}|phố {s}|ở đường {s}, {w}|thôn {n}|xóm {n} xã Thạch Lạc|tổ dân phố {n}|quốc lộ {n}A|tổ {n} {s}|"
    "khối {n} phường Trần Phú|đường tỉnh 54{n}|trường tiểu học {s}|thửa số {n} tờ bản đồ 1{n}"
)
_OTHERS = forms_of(
    "{n} tuổi|con {n} tháng|{n} bộ hồ sơ|lớp {d}|{n} ngày làm việc|mức độ {d}|bước {d}|1900.0368|18001096|113 114 115|"
    "gọi 1900 0368|{n} m2|{n}0 mét vuông|xe {n}A-123.45|cấp {d}|hạng B{d}|{n} hộ nghèo|{n} người|VNeID mức 2|{n}%|"
    "H27.1{n:02}|{n} vợ chồng|{n}h30"
)


def _digits(chance: random.Random, count: int) -> str:
    return "".join(chance.choice("0123456789") for _ in range(count))


def _parted(chance: random.Random, number: str, sizes: str, joint: str) -> str:
    """`number` in groups. `sizes`: ways to divide it, "12 3333"; a way of one digit is for groups of that many."""
    way = chance.choice(sizes.split())
    lengths = [int(way)] * len(number) if len(way) == 1 else [int(size) for size in way]
    parts, at = [], 0
    while at < len(number):
        size = lengths.pop(0) if lengths else len(number)
        parts.append(number[at : at + size])
        at += size
    return joint.join(parts)


def citizen_number(chance: random.Random) -> str:
    """Twelve digits: the province, sex and century, the year, six more."""
    number = f"{chance.randint(1, 96):03}{chance.randint(0, 3)}{_digits(chance, 8)}"
    return (
        number
        if chance.random() < 0.3
        else _parted(chance, number, "3333 444 3126 66 39 2 1 48", chance.choice(_JOINTS))
    )


def old_identity_number(chance: random.Random) -> str:
    """Nine digits, as identity cards had until 2021."""
    number = chance.choice(_OLD_PREFIXES) + _digits(chance, 7)
    return number if chance.random() < 0.3 else _parted(chance, number, "333 36 63 1 234 45", chance.choice(_JOINTS))


def mobile(chance: random.Random) -> str:
    number = chance.choice(_MOBILE) + _digits(chance, 7)
    way = chance.random()
    if way < 0.3:
        return number
    if way < 0.37:
        return _parted(chance, number, "433", chance.choice("/,"))
    written = _parted(chance, number, "433 334 343 2 46 55 1 4222", chance.choice(_JOINTS))
    return "o" + written[1:] if way < 0.48 else written


def abroad(chance: random.Random) -> str:
    """A mobile number with the country's code."""
    number = chance.choice(_MOBILE)[1:] + _digits(chance, 7)
    return chance.choice(_COUNTRY) + _parted(chance, number, "99 333 234 2322", chance.choice(" .-"))


def landline(chance: random.Random) -> str:
    area = chance.choice(_LANDLINE)
    number = chance.choice("3768") + _digits(chance, 10 - len(area))
    return chance.choice(_AREA).format(a=area, n=_parted(chance, number, "99 133 43 34 322", chance.choice(" .-")))


def card(chance: random.Random) -> str:
    """A bank card with its check digit: 16 figures, or 19 as Napas cards have."""
    body = chance.choice(_CARDS)
    body += _digits(chance, chance.choice((15, 15, 18)) - len(body))
    doubled = (int(x) if place % 2 else sum(divmod(2 * int(x), 10)) for place, x in enumerate(reversed(body)))
    number = body + str(-sum(doubled) % 10)
    return number if chance.random() < 0.3 else _parted(chance, number, "4444", chance.choice(_JOINTS))


def account(chance: random.Random) -> str:
    """A bank account with the words for it."""
    return chance.choice(_ACCOUNTS).format(n=_digits(chance, chance.choice((9, 10, 12, 13, 14))))


def email(chance: random.Random) -> str:
    name, host = chance.choice(_NAMES), chance.choice(_HOSTS)
    at = chance.choice(("@", "@", "@", " @ ", "@ ", " a còng ", "(at)"))
    if at == " a còng ":
        host = host.replace(".", " chấm ")
    elif chance.random() < 0.1:
        host = "gmail"
    return f"{name}{at}{host}"


def _house(chance: random.Random) -> str:
    number = str(chance.randint(1, 480))
    way = chance.random()
    if way < 0.15:
        return number + chance.choice("ABCab")
    if way < 0.4:
        return "/".join([number, *(str(chance.randint(1, 99)) for _ in range(chance.choice((1, 1, 2))))])
    return number


def address(chance: random.Random) -> str:
    return chance.choice(_ADDRESSES).format(
        n=_house(chance),
        i=chance.randint(1, 90),
        s=chance.choice(_STREETS),
        w=chance.choice(_WARDS),
        l=chance.choice(_LANES),
    )


def dossier(chance: random.Random) -> str:
    """A number as the national portal gives to a dossier: the agency, the day, a running number."""
    if chance.random() < 0.2:
        return chance.choice(_DOSSIERS).format(n=_digits(chance, chance.choice((6, 8, 10))))
    day = f"2{chance.randint(3, 6)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
    return chance.choice(_DOSSIER_JOINTS).join((chance.choice(_BODIES), day, _digits(chance, chance.choice((4, 4, 5)))))


def one_time_code(chance: random.Random) -> str:
    number = _digits(chance, chance.choice((4, 6, 6, 6, 8)))
    if len(number) == 4 and number.startswith(("19", "20")):
        number = "7" + number[1:]
    if chance.random() < 0.2:
        number = _parted(chance, number, "22 33", chance.choice(" .-"))
    return chance.choice(_CODES).format(n=number)


PRIVATE: dict[str, Made] = {
    "identity, 12 digits": citizen_number,
    "identity, 9 digits": old_identity_number,
    "phone, mobile": mobile,
    "phone, +84": abroad,
    "phone, landline": landline,
    "bank card": card,
    "bank account": account,
    "e-mail": email,
    "address": address,
    "dossier": dossier,
    "one-time code": one_time_code,
}


def decision(chance: random.Random) -> str:
    numbers = {"n": chance.randint(1, 9999), "m": chance.randint(1, 300), "y": chance.randint(2010, 2026)}
    return chance.choice(_DECISIONS).format(**numbers)


def article(chance: random.Random) -> str:
    numbers = {"n": chance.randint(1, 260), "m": chance.randint(1, 40), "d": chance.randint(1, 9)}
    return chance.choice(_ARTICLES).format(**numbers)


def day(chance: random.Random) -> str:
    year = chance.randint(1940, 2026)
    return chance.choice(_DAYS).format(d=chance.randint(1, 28), m=chance.randint(1, 12), y=year, before=year - 2)


def fee(chance: random.Random) -> str:
    return chance.choice(_FEES).format(n=chance.randint(1, 999))


def place(chance: random.Random) -> str:
    return chance.choice(_PLACES).format(s=chance.choice(_STREETS), w=chance.choice(_WARDS), n=chance.randint(1, 12))


def other(chance: random.Random) -> str:
    return chance.choice(_OTHERS).format(n=chance.randint(10, 60), d=chance.randint(1, 4))


PUBLIC: dict[str, Made] = {
    "decision or law": decision,
    "article or form": article,
    "day": day,
    "fee": fee,
    "place": place,
    "other number": other,
}
