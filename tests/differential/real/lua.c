// The Lua interpreter on a script that uses its libraries, closures, coroutines, errors and garbage
// collection.
#include "lauxlib.h"
#include "lualib.h"

#include <stdio.h>

#ifdef __riscv
// The C library for the simulator has no such function.
int rename(const char *from, const char *to) {
  return from == to;
}
#endif

static const char script[] =
    "local function fib(n) if n < 2 then return n end return fib(n - 1) + fib(n - 2) end\n"
    "print(fib(18), 7 // 2, -7 // 2, 7 % -3, 7.5 // 2, 2^10, 1 / 3, 10 / 2, 3 | 8, ~0, 1 << 40, 5 >> 1)\n"
    "local t = {}\n"
    "for i = 1, 200 do t[i] = (i * 7919) % 1009 end\n"
    "table.sort(t, function(a, b) return a > b end)\n"
    "print(table.concat(t, ' ', 1, 20), #t, select('#', table.unpack(t, 1, 50)))\n"
    "print(string.format('%5d|%-8s|%08.3f|%x|%q|%g', 42, 'tile', math.pi, 255, 'a\\nb', 1e100))\n"
    "print(('the quick brown fox'):gsub('%w+', function(w) return w:upper():reverse() end))\n"
    "for k, v in string.gmatch('a=1, b=22, c=333', '(%w+)=(%w+)') do io.write(k, ':', v, ';') end print()\n"
    "print(string.find('hello world', 'o w'), ('x'):rep(5, '-'), ('abc'):byte(1, -1))\n"
    "print(math.floor(-3.7), math.ceil(3.2), math.max(1, 9, 4), math.tointeger(3.0), math.type(1), "
    "math.type(1.0))\n"
    "print(math.sin(1), math.exp(1), math.sqrt(2), math.fmod(7, 3), 5.0, 1e15, 1e16, -0.0, 0/0 ~= 0/0)\n"
    "print(pcall(error, {code = 5}), pcall(function() local x = nil; return x.y end))\n"
    "print(select(2, xpcall(function() error('deep') end, function(m) return 'handled ' .. m end)))\n"
    "local co = coroutine.wrap(function(a) for i = 1, 5 do a = a + coroutine.yield(a * i) end return 'done' "
    "end)\n"
    "print(co(1), co(2), co(3), co(4), co(5), co(6))\n"
    "local mt = {__add = function(a, b) return setmetatable({v = a.v + b.v}, getmetatable(a)) end,\n"
    "  __index = function(_, k) return k .. '!' end, __tostring = function(s) return 'v' .. s.v end,\n"
    "  __lt = function(a, b) return a.v < b.v end, __call = function(s, x) return s.v * x end, __len = "
    "function() return 77 end}\n"
    "local a, b = setmetatable({v = 3}, mt), setmetatable({v = 4}, mt)\n"
    "print(tostring(a + b), a.missing, a < b, a(10), #a)\n"
    "local primes, sieve = 0, {}\n"
    "for i = 2, 3000 do if not sieve[i] then primes = primes + 1 for j = i * i, 3000, i do sieve[j] = true "
    "end end end\n"
    "print(primes, collectgarbage('count') > 0, collectgarbage())\n"
    "local f = load('local a, b = ... ; return a * b, a .. b')\n"
    "print(f(6, 7))\n"
    "print(utf8.char(228, 8364, 119070), utf8.len('\\u{e4}\\u{20ac}'), #utf8.char(119070))\n"
    "local q = {} for i = 1, 50 do q['k' .. i] = i end\n"
    "local s = 0 for _, v in pairs(q) do s = s + v end print(s, next({}), rawlen(t), rawequal(q, q))\n"
    "goto out\n"
    "print('not reached')\n"
    "::out::\n"
    "print(string.pack('>I4i2z', 1, -2, 'z'):byte(1, -1))\n"
    "print(tostring(1e308 * 10), tostring(-1e308 * 10), math.maxinteger + 1 == math.mininteger, "
    "0x7fffffffffffffff)\n"
    "print(tonumber('0x1p4'), tonumber('  12  '), tonumber('1e'), tonumber('zz', 36), 10 == '10', '10' + 5)\n"
    "error('the end')\n";

int main(void) {
  lua_State *state = luaL_newstate();
  luaL_openlibs(state);
  int result = luaL_dostring(state, script);
  printf("%d %s\n", result, result ? lua_tostring(state, -1) : "");
  lua_close(state);
  return 0;
}
