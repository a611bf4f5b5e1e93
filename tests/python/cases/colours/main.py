from colorama import Back, Fore, Style, init

init(autoreset=True)
print(Fore.GREEN + "SENT" + Style.RESET_ALL + " plain " + Back.RED + Style.BRIGHT + "FAILED")
print("\033[1;34mby hand\033[0m")
print("ümlaut, 日本語, 🐍", end="")
print()
