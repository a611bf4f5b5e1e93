import smtplib
